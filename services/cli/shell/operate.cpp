#include "services/cli/shell/operate.h"

#include "services/cli/shell/backup.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>

namespace sauda::cli {

namespace {

void add_var(CLI::App& app, std::string& var) {
    app.add_option("--var", var, "folder of the environments")
        ->envname("SAUDA_VAR")
        ->capture_default_str();
}
void add_place(CLI::App& app, std::string& var, std::string& environment) {
    add_var(app, var);
    app.add_option("--env", environment, "environment")
        ->envname("SAUDA_ENV")
        ->capture_default_str();
}

int make_key(const std::string& path) {
    if (const auto made = sealing::Key::make(path); !made) {
        std::fprintf(stderr, "sauda: %s\n", made.error().text.c_str());
        return 1;
    }
    std::printf(
        "A new key is in %s. Keep a copy elsewhere: without it no backup can be opened.\n"
        "export SAUDA_BACKUP_KEY_FILE=%s\n",
        path.c_str(), path.c_str());
    return 0;
}

int run_backup(int argc, char** argv) {
    CLI::App app{
        "Everything an environment needs to go on elsewhere, in one verified file; it may "
        "be running meanwhile.",
        "sauda backup"};
    BackupOptions options;
    std::string key;
    add_place(app, options.var, options.environment);
    auto* out = app.add_option("--out", options.out, "the file to write");
    auto* make = app.add_option("--make-key", key, "only write a new key into this file");
    app.add_flag("--plain", options.is_plain, "do not encrypt");
    app.add_flag("--force", options.is_forced, "replace the file");
    app.add_flag("--accept-divergence", options.accepts_divergence,
                 "also when the databases do not fit together");
    CLI11_PARSE(app, argc, argv);
    if (make->count() > 0) {
        return make_key(key);
    }
    if (out->count() == 0) {
        std::fprintf(stderr, "sauda: name the file to write: --out FILE\n");
        return 1;
    }
    return backup(options);
}

int run_restore(int argc, char** argv) {
    CLI::App app{"Puts an environment back as a backup holds it.", "sauda restore"};
    RestoreOptions options;
    add_var(app, options.var);
    app.add_option("FILE", options.file, "backup")->required();
    app.add_option("--env", options.environment, "name; default that of the backup");
    app.add_option("--service", options.service,
                   "only the database of this service, into a stopped environment");
    app.add_flag("--replace", options.is_replacing, "put an existing environment aside");
    app.add_flag("--accept-divergence", options.accepts_divergence,
                 "although something would be lost or does not fit");
    app.add_flag("--list", options.is_listing, "only say what it holds, and check every byte");
    CLI11_PARSE(app, argc, argv);
    return restore(options);
}

}  // namespace

int operate(int argc, char** argv) {
    const std::string verb = argc > 0 ? argv[0] : "";
    if (verb == "backup") {
        return run_backup(argc, argv);
    }
    if (verb == "restore") {
        return run_restore(argc, argv);
    }
    std::fprintf(stderr, "sauda: this program is run by `sauda backup` and its like\n");
    return 127;
}

}  // namespace sauda::cli
