#pragma once

#include "common/store/store.h"
#include "services/notifier/shell/carrier.h"

#include <deque>
#include <map>
#include <string>

namespace sauda::notifier {

// What one receiver has not got yet, read from the notifier's own outbox behind its cursor. The
// outbox is the queue: what a commit has put there is delivered, however often the process dies.
class Backlog {
 public:
    // receiver: the name its cursor is kept under. environment: part of each message's key.
    Backlog(std::string receiver, std::string channel, std::string environment);

    // The cursor of the last run. A receiver seen for the first time begins at `end`, the tail;
    // false: so it was.
    bool restore(store::Store& store, uint64_t end);
    // At most lines_max lines of what lies before `end`; none: nothing waits.
    Parcel next(store::Store& store, uint64_t end, std::size_t lines_max);
    // The parcel was handed over (or given up). Its end becomes the cursor.
    void advance();
    // The cursor as it is to be committed: what was looked through and not meant for this channel
    // is behind it, too.
    [[nodiscard]] std::pair<std::string, std::string> cursor() const;
    [[nodiscard]] uint64_t waiting() const { return lines_.size(); }

 private:
    void read(store::Store& store, uint64_t end, std::size_t lines_wanted);

    std::string receiver_;
    std::string channel_;
    std::string environment_;
    uint64_t done_ = 0;     // everything up to here is delivered
    uint64_t scanned_ = 0;  // everything up to here is delivered or in lines_
    uint64_t taken_ = 0;    // end of the parcel under way
    std::deque<Line> lines_;
};

}  // namespace sauda::notifier
