#pragma once

#include "common/market/masters/byte_source.h"

#include <vector>

namespace sauda::masters {

struct ZipEntry {
    std::string name;
    uint16_t method = 0;  // 0 stored, 8 deflated
    uint16_t flags = 0;   // bit 0: encrypted
    uint16_t dos_date = 0;
    uint32_t crc = 0;  // CRC-32 of the unpacked bytes
    uint64_t packed_size = 0;
    uint64_t size = 0;
    uint64_t header_offset = 0;

    // Days since 1970-01-01 of the entry's date; 0 if it has none.
    [[nodiscard]] int32_t day() const;
};

// Reads the list of entries at the end of a zip file (no zip64, not split). Corrupt: the file is
// damaged or cut short.
base::Expected<std::vector<ZipEntry>> zip_entries(const std::string& path);

// The unpacked bytes of one entry; its size and checksum are checked at the end. Invalid: packed
// or encrypted in a way we do not read.
base::Expected<Bytes> open_entry(const std::string& path, const ZipEntry& entry);

}  // namespace sauda::masters
