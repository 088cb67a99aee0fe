#include "common/wire/proto_reader.h"

namespace sauda::wire {

bool ProtoCursor::skip(uint32_t type) {
    uint64_t ignored = 0;
    std::string_view bytes;
    switch (type) {
        case kWireVarint:
            return varint(ignored);
        case kWireFixed64:
            return fixed64(ignored);
        case kWireLength:
            return sized(bytes);
        case kWireFixed32:
            if (rest() < 4) {
                return false;
            }
            p_ += 4;
            return true;
        default:
            return false;  // groups are not proto3
    }
}

std::string_view name_at(std::string_view names, std::size_t index) {
    for (; index > 0; --index) {
        const auto comma = names.find(',');
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    }
    names = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.find_first_not_of(' '), names.size()));
    return names;
}

}  // namespace sauda::wire
