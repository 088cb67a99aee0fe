#include "services/risk/core/config.h"

#include <algorithm>

namespace sauda::risk {

using domain::Money;

const AccountConfig* RiskConfig::find(const std::string& account) const {
    const auto found = std::find_if(accounts.begin(), accounts.end(),
                                    [&](const AccountConfig& a) { return a.name == account; });
    return found == accounts.end() ? nullptr : &*found;
}

AccountConfig small_account() {
    AccountConfig account{"small", Money::from_rupees(17'000), {}};
    account.limits.position_cap = 200'000;
    account.limits.daily_loss = 50'000;
    account.limits.drawdown = 80'000;
    account.limits.positions_max = 2;
    account.limits.lots_max = 1;
    return account;
}

AccountConfig standard_account() { return {"standard", Money::from_rupees(1'000'000), {}}; }

RiskConfig default_config() {
    RiskConfig config;
    config.accounts = {small_account(), standard_account()};
    return config;
}

Money share_of(Money value, int64_t ratio) { return value.scaled(ratio, 1'000'000); }

Money daily_loss_limit(const AccountConfig& account) {
    const Money by_ratio = share_of(account.capital, account.limits.daily_loss);
    const Money by_rupees = account.limits.daily_loss_rupees;
    return by_rupees.is_positive() ? std::min(by_ratio, by_rupees) : by_ratio;
}

}  // namespace sauda::risk
