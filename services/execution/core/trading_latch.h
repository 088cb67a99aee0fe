#pragma once

#include "common/domain/decision.h"

#include <map>
#include <string>

namespace sauda::execution {

// May this account add risk? The stricter of our own latch, set by an operator and kept until he
// resumes, and of risk's trading state as last seen. Account "" means all of them.
class TradingLatch {
 public:
    // Events by "risk..." are what we saw of risk's state; the others are our own latch.
    void apply(const domain::TradingStateEvent& event);
    [[nodiscard]] domain::TradingState own(const std::string& account) const;
    [[nodiscard]] domain::TradingState risk(const std::string& account) const;
    [[nodiscard]] bool allows_entries(const std::string& account) const;
    // Halted, as opposed to reducing: working entries are cancelled.
    [[nodiscard]] bool is_halted(const std::string& account) const;
    // The event would change what is kept.
    [[nodiscard]] bool changes(const domain::TradingStateEvent& event) const;
    SAUDA_FIELDS(own_, risk_)

 private:
    using States = std::map<std::string, domain::TradingState>;
    States own_;
    States risk_;
};

inline constexpr char kByRisk[] = "risk";

}  // namespace sauda::execution
