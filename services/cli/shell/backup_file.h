#pragma once

#include "common/recording/compression.h"
#include "common/sealing/sealed_file.h"

#include <cstdint>
#include <optional>
#include <string>

// The inside of a backup: a description in JSON, then files with names relative to the
// environment's folder, in blocks of at most 1 MiB, each compressed with zstd where that helps.
namespace sauda::cli {

class BackupWriter {
 public:
    static base::Expected<BackupWriter> create(const std::string& path,
                                               const std::optional<sealing::Key>& key,
                                               const std::string& description);
    // As many bytes as the file has when it is read; at most `bytes_max`.
    base::Expected<void> add_file(const std::string& name, const std::string& path,
                                  uint64_t bytes_max = UINT64_MAX);
    base::Expected<void> finish();
    // Of all files, before compression.
    [[nodiscard]] uint64_t bytes() const { return bytes_; }

 private:
    explicit BackupWriter(sealing::SealedWriter file) : file_(std::move(file)) {}
    base::Expected<void> block(std::string_view bytes);

    sealing::SealedWriter file_;
    recording::Compressor compressor_;
    std::string packed_;
    uint64_t bytes_ = 0;
};

class BackupReader {
 public:
    static base::Expected<BackupReader> open(const std::string& path,
                                             const std::optional<sealing::Key>& key);
    [[nodiscard]] const std::string& description() const { return description_; }
    [[nodiscard]] bool is_encrypted() const { return file_.is_encrypted(); }

    // Name of the next file; nullopt at the end, which is checked to be the true one. A name that
    // could leave the folder it is restored into is Corrupt.
    base::Expected<std::optional<std::string>> next();
    // The bytes of the file next() named; an empty target only reads and checks them.
    base::Expected<uint64_t> extract(const std::string& target);

 private:
    explicit BackupReader(sealing::SealedReader file) : file_(std::move(file)) {}
    base::Expected<std::string> text();
    base::Expected<uint32_t> number();

    sealing::SealedReader file_;
    recording::Compressor compressor_;
    std::string description_;
};

}  // namespace sauda::cli
