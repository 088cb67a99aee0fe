#pragma once

#include "common/domain/market_rules.h"
#include "services/feed/shell/playlist.h"
#include "services/lab/core/lab_run.h"

#include <memory>
#include <string>
#include <vector>

namespace sauda::test {

// A made-up morning of NIFTY and 40 of its options on Friday 2025-08-29: 09:16 to about 10:40,
// with jumps, silences, repeated stamps, one-sided quotes and sizes that fill orders in parts.
struct SmallSession {
    domain::SourceInfo info;
    std::vector<domain::Message> messages;  // seq set, in known_time order
};
// Same seed and count, same session. An odd seed trades contracts that expire the same day.
SmallSession make_small_session(uint64_t seed, int snapshots = 250);

// NSE open 09:15 to 10:50, lot 75, freeze 150: the day is short and orders come in slices.
std::shared_ptr<const domain::MarketRules> small_rules();

inline const domain::Date kSessionDate = base::date_of(2025, 8, 29);

// The session as the feed plays it.
feed::OpenSource open_small_session(std::shared_ptr<const SmallSession> session);

// The session as the lab takes it.
class SessionData : public lab::MarketData {
 public:
    explicit SessionData(const SmallSession& session) : session_(session) {}
    [[nodiscard]] const domain::SourceInfo& info() const override { return session_.info; }
    [[nodiscard]] std::optional<domain::Timestamp> next_time() override;
    domain::Message pop() override { return session_.messages.at(next_++); }

 private:
    const SmallSession& session_;
    std::size_t next_ = 0;
};

}  // namespace sauda::test
