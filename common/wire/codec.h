#pragma once

#include "common/base/expected.h"
#include "common/domain/message.h"
#include "common/wire/validate.h"

#include <string>
#include <string_view>
#include <vector>

// Domain values to protobuf and back. decode() is the one way for bytes to become a message, and
// it lets nothing in that validate() refuses.
namespace sauda::wire {

inline constexpr uint16_t kSchemaMax = std::variant_size_v<domain::Payload>;

// Index of the payload in the variant + 1.
uint16_t schema_of(const domain::Payload& payload);
// "sauda.v1.QuoteBatch"; empty for an unknown number.
std::string_view message_name(uint16_t schema);
// Serialized google.protobuf.FileDescriptorSet of the message and all it imports: dependencies
// first, each file once. Empty for an unknown number.
std::string file_descriptor_set(uint16_t schema);

std::string encode(const domain::Meta& meta, const domain::Payload& payload);
// As encode, into a buffer that keeps its capacity.
void encode_to(const domain::Meta& meta, const domain::Payload& payload, std::string& out);

struct Decoded {
    domain::Meta meta;
    domain::Payload payload;
    std::vector<Refusal> refusals;  // rows of a batch that were left out
};

// The error names the field: "Decision.intent.legs[1].quantity: 0 is not above zero".
base::Expected<Decoded> decode(domain::StreamId stream, uint16_t schema, std::string_view bytes);
// As decode, into a value that keeps its capacity. After an error `out` holds anything.
base::Expected<void> decode_to(domain::StreamId stream, uint16_t schema, std::string_view bytes,
                               Decoded& out);

// decode_to without validate(): for tools that look at what was refused.
base::Expected<void> parse_to(uint16_t schema, std::string_view bytes, domain::Meta& meta,
                              domain::Payload& payload);

}  // namespace sauda::wire
