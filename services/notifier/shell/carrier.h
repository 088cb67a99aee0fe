#pragma once

#include "common/base/timestamp.h"
#include "common/domain/alert.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sauda::notifier {

// One message for one channel, as the core decided it.
struct Line {
    uint64_t delivery = 0;  // its place in the notifier's own outbox
    std::string event;      // id of the event it speaks of: "D/execution/report/12"
    std::string key;        // the same for every repeat of this message, in no other one
    base::Timestamp at;     // event time
    domain::Severity severity = domain::Severity::Info;
    std::string kind;
    std::string text;
    uint32_t grouped = 1;
    std::optional<std::string> report =
        std::nullopt;  // "2026-11-18": the report of that day goes with it
};

// What is handed over in one piece.
struct Parcel {
    std::vector<Line> lines;
};

enum class Fate : uint8_t {
    Sent,
    Later,  // try again
    Never,  // it was refused for good
};

struct Outcome {
    Fate fate = Fate::Sent;
    std::string why;  // of Later and Never; holds no secret
    // Later: not before; such a wait is the receiver's wish and counts as no try.
    std::optional<base::Duration> wait = std::nullopt;
};

// Takes messages out of the program: one channel to one receiver. Used by one thread.
class Carrier {
 public:
    virtual ~Carrier() = default;
    virtual Outcome deliver(const Parcel& parcel) = 0;
    // How many lines one parcel may hold.
    [[nodiscard]] virtual std::size_t lines_max() const { return 1; }
    // How long to wait before the next parcel, so that the receiver is not flooded.
    virtual base::Duration pause_before() { return {}; }
    // Where the receiver has moved to since it was made, if it has; to be remembered.
    [[nodiscard]] virtual std::optional<std::string> moved_to() const { return std::nullopt; }
};

}  // namespace sauda::notifier
