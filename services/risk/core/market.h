#pragma once

#include "common/domain/chain.h"
#include "common/domain/message.h"
#include "services/risk/core/config.h"
#include "services/risk/core/margin_desk.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace sauda::risk {

// What a contract is worth: the middle if both sides exist and the spread is within the limit,
// else the last trade if it lies within the sides, else the mark before, flagged stale.
struct Mark {
    domain::ContractId contract;
    domain::Price mark;  // zero: never known
    domain::Price bid;   // zero: no such side
    domain::Price ask;
    bool is_stale = false;
    // What closing a position of this sign pays or costs; the mark when that side is missing.
    [[nodiscard]] domain::Price closing(domain::Quantity net) const {
        const domain::Price side = net.is_positive() ? bid : ask;
        return side.is_positive() ? side : mark;
    }
    SAUDA_FIELDS(contract, mark, bid, ask, is_stale)
};

enum class Phase : uint8_t {
    None = 0,
    BeforeOpen = 1,
    Open = 2,
    Closed = 3,
    Ended = 4,
    Holiday = 5,
};

// The day of one exchange as the feed tells it.
struct SessionView {
    Phase phase = Phase::None;
    domain::Date date;
    domain::Timestamp opened_at;
    domain::Timestamp close_at;
    std::string holiday;
    SAUDA_FIELDS(phase, date, opened_at, close_at, holiday)
};

struct UnderlyingView {
    domain::Chain chain;
    bool is_stale = false;         // the feed says so
    domain::Timestamp last_data;   // when the last batch became known
    domain::Duration stale_limit;  // zero: the source declared none
    SAUDA_FIELDS(chain, is_stale, last_data, stale_limit)
};

// Soft state of risk: a function of the feed's messages alone.
class Market {
 public:
    // spread limits as in RiskConfig.
    Market(domain::Price spread_floor, int64_t spread_ratio)
        : spread_floor_(spread_floor), spread_ratio_(spread_ratio) {}

    void observe(const domain::Message& input, domain::Timestamp now);

    [[nodiscard]] const domain::Instrument* instrument(domain::ContractId contract) const;
    [[nodiscard]] const domain::Quote* quote(domain::ContractId contract) const;
    [[nodiscard]] const Mark* mark(domain::ContractId contract) const;
    // Never null: an exchange nobody spoke of has phase None.
    [[nodiscard]] const SessionView& session(domain::Exchange exchange) const;
    [[nodiscard]] const UnderlyingView* underlying(domain::Underlying underlying) const;
    // Widest spread around a middle that still counts as a market.
    [[nodiscard]] domain::Price spread_limit(domain::Price mid) const;
    // Knows the market as it is now; memory, no state.
    [[nodiscard]] MarginDesk& margin_desk() const { return margin_desk_; }

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("sessions, underlyings, instruments, marks", sessions_, underlyings_,
                       instruments_, marks_);
        index_marks();
        margin_desk_.forget();
    }

 private:
    void on(const domain::QuoteBatch& batch, domain::Timestamp now);
    void on(const domain::SessionEvent& event, domain::Timestamp at);
    void update_mark(const domain::Quote& quote);
    // Forgets quotes of the day before and contracts that expired over a week ago.
    void begin_day(domain::Date date);
    void index_marks();

    domain::Price spread_floor_;
    int64_t spread_ratio_;
    std::map<domain::Exchange, SessionView> sessions_;
    std::map<domain::Underlying, UnderlyingView> underlyings_;
    std::map<domain::ContractId, domain::Instrument> instruments_;
    std::vector<Mark> marks_;                       // in order of first appearance
    std::unordered_map<uint64_t, uint32_t> slots_;  // into marks_; never iterated
    mutable MarginDesk margin_desk_;
};

}  // namespace sauda::risk
