#!/bin/sh
# run.sh SOURCE_DIR WORK_DIR FILES_PROGRAM GENERATE_PROGRAM MARKET_FOLDER
# Installs the pinned packages into the work folder (once per lock file) and runs check.mjs there.
set -eu
source_dir=$1
work_dir=$2
files_program=$3
generate_program=$4
market_folder=$5
for tool in node npm; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "skipped: $tool is not installed, so the reference MCAP reader cannot be run"
        exit 77
    fi
done
mkdir -p "$work_dir"
cd "$work_dir"
if ! cmp -s "$source_dir/package-lock.json" installed-lock.json; then
    cp "$source_dir/package.json" "$source_dir/package-lock.json" .
    npm ci --ignore-scripts --omit=dev --no-audit --no-fund
    cp package-lock.json installed-lock.json
fi
cp "$source_dir/check.mjs" .
exec node check.mjs "$files_program" "$generate_program" "$market_folder"
