#pragma once

namespace sauda::bus {

// What keeps facts whole on a bus that loses and repeats. All on, always: only a test switches one
// off, to see that it would notice.
struct Protections {
    bool drops_repeats = true;  // a follower hands out each message once
    bool has_watermark = true;  // a lost tail shows by the owner's last sequence
    bool stores_done = true;    // the answer to a round is part of the round's transaction
};

inline Protections& protections() {
    static Protections switches;
    return switches;
}

}  // namespace sauda::bus
