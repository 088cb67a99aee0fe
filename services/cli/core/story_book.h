#pragma once

#include "common/base/expected.h"
#include "services/cli/core/cause_trail.h"
#include "services/cli/core/reference.h"
#include "services/cli/core/story.h"

#include <map>

namespace sauda::cli {

// A bot that wanted to trade and did not ask.
struct Skip {
    std::string bot;
    domain::Timestamp at;
    domain::Reason reason;
};

// The fold of an archive into stories: give it every message once, in the order of
// domain::order_key, then ask.
class StoryBook {
 public:
    void add(const domain::Message& message);

    // nullptr: the archive knows no such group.
    [[nodiscard]] const Story* find(uint64_t group) const;
    // The group an order, a group, an intent or a decision belongs to. NotFound says which ids
    // exist.
    [[nodiscard]] base::Expected<uint64_t> group_of(const Reference& reference) const;
    // In order of their numbers, denied ones included.
    [[nodiscard]] const std::map<uint64_t, Story>& stories() const { return stories_; }
    // By the archive's last quotes where something is open.
    [[nodiscard]] Result result(const Story& story) const;
    [[nodiscard]] const std::vector<Skip>& skips() const { return skips_; }
    // Units per lot as last listed; zero if never.
    [[nodiscard]] domain::Quantity lot(domain::ContractId contract) const;
    // "G1 to G3, G5; denied: 4, 6 to 9".
    [[nodiscard]] std::string known_ids() const;

 private:
    Story& story(uint64_t group, const std::string& bot, const std::string& account);
    Request* request_of(uint64_t intent);
    void take(const domain::Message& message, const domain::Intent& intent);
    void take(const domain::Message& message, const domain::Decision& decision);
    void take(const domain::Message& message, const domain::BotEvent& event);
    void take(const domain::Message& message, const domain::OrderEvent& event);
    void take(const domain::Message& message, const domain::GroupEvent& event);
    void take(const domain::Message& message, const domain::LedgerEntry& entry);
    void take(const domain::Message& message, const domain::Alert& alert);
    void follow_other_trade(Request& request, uint64_t group) const;
    void take_signal_use(const domain::Message& message, const domain::BotEvent& event);
    [[nodiscard]] std::vector<QuoteSeen> quotes_of(const std::vector<domain::Leg>& legs,
                                                   std::optional<domain::Cause> limit) const;

    struct SignalUse {
        Told<domain::Signal> signal;
        domain::Timestamp at;
    };
    std::map<uint64_t, Story> stories_;
    std::map<uint64_t, uint64_t> group_of_intent_;
    std::map<uint64_t, uint64_t> group_of_decision_;
    std::vector<Skip> skips_;
    CauseTrail trail_;
    QuoteMemory quotes_;
    std::map<domain::ContractId, domain::Quantity> lots_;
    std::map<uint64_t, Told<domain::Signal>> signals_;  // the latest
    std::map<std::string, SignalUse> used_;             // by bot
};

}  // namespace sauda::cli
