#include "common/market/masters/master_check.h"

#include <map>
#include <tuple>

namespace sauda::masters {

using namespace domain;

namespace {

using Key = std::tuple<CheckKind, Underlying, Date, ContractKind, std::string>;

std::string rupees_text(Price price) {
    std::string text = std::to_string(10'000 + price.raw() % 10'000).substr(1);
    while (text.size() > 2 && text.back() == '0') {
        text.pop_back();
    }
    return std::to_string(price.raw() / 10'000) + "." + text;
}

std::string differs(const char* what, const std::string& master, const std::string& rules) {
    return std::string(what) + " " + master + " in the master, " + rules + " in the rules";
}

class Check {
 public:
    Check(const Master& master, const MarketRules& rules) : master_(master), rules_(rules) {}

    void look_at(const ListedContract& listed) {
        const auto contract = listed.contract;
        if (contract.kind() == ContractKind::Spot) {
            return;
        }
        look_at_expiry(contract);
        const auto rule = rules_.instrument(contract, master_.as_of);
        if (!rule) {
            found(CheckKind::NoRule, contract, "no lot or no tick in the rules");
            return;
        }
        if (rule->lot != listed.lot) {
            found(
                CheckKind::LotDiffers, contract,
                differs("lot", std::to_string(listed.lot.raw()), std::to_string(rule->lot.raw())));
        }
        if (listed.tick && *listed.tick != rule->tick) {
            found(CheckKind::TickDiffers, contract,
                  differs("tick", rupees_text(*listed.tick), rupees_text(rule->tick)));
        }
        // Brokers write the freeze itself or the first quantity that is refused.
        if (listed.freeze && *listed.freeze != rule->freeze &&
            *listed.freeze != rule->freeze + base::units(1)) {
            found(CheckKind::FreezeDiffers, contract,
                  differs("freeze", std::to_string(listed.freeze->raw()),
                          std::to_string(rule->freeze.raw())));
        }
    }

    [[nodiscard]] std::vector<CheckFinding> findings() const {
        std::vector<CheckFinding> list;
        for (const auto& [key, contracts] : counts_) {
            const auto& [kind, underlying, expiry, of, text] = key;
            list.push_back(
                {kind, exchange_of(underlying), underlying, expiry, of, contracts, text});
        }
        return list;
    }

 private:
    void found(CheckKind kind, ContractId contract, std::string text) {
        const auto of = contract.is_option() ? ContractKind::Call : contract.kind();
        ++counts_[Key{kind, contract.underlying(), contract.expiry(), of, std::move(text)}];
    }

    void look_at_expiry(ContractId contract) {
        const auto day = rules_.day(contract.exchange(), contract.expiry());
        if (!day.is_open) {
            found(CheckKind::ExpiryOnHoliday, contract,
                  "expires on a day that is closed by the rules (" + day.holiday + ")");
            return;
        }
        const auto planned = planned_expiry(contract);
        if (planned && *planned != contract.expiry()) {
            found(CheckKind::ExpiryUnplanned, contract,
                  "the rules plan the next expiry on " + domain::to_text(*planned));
        }
    }

    // The calendar is asked once for each expiry, not for each strike.
    std::optional<Date> planned_expiry(ContractId contract) {
        const std::pair key{contract.underlying(), contract.expiry()};
        const auto known = planned_.find(key);
        if (known != planned_.end()) {
            return known->second;
        }
        return planned_[key] = rules_.next_expiry(contract.underlying(), contract.expiry());
    }

    const Master& master_;
    const MarketRules& rules_;
    std::map<Key, int64_t> counts_;
    std::map<std::pair<Underlying, Date>, std::optional<Date>> planned_;
};

}  // namespace

std::string_view to_text(CheckKind kind) {
    switch (kind) {
        case CheckKind::LotDiffers:
            return "lot differs";
        case CheckKind::TickDiffers:
            return "tick differs";
        case CheckKind::FreezeDiffers:
            return "freeze differs";
        case CheckKind::NoRule:
            return "no rule";
        case CheckKind::ExpiryOnHoliday:
            return "expiry on a holiday";
        case CheckKind::ExpiryUnplanned:
            return "expiry not planned";
    }
    return "";
}

std::vector<CheckFinding> check_against_rules(const Master& master, const MarketRules& rules) {
    Check check(master, rules);
    for (const auto& listed : master.contracts) {
        check.look_at(listed);
    }
    return check.findings();
}

}  // namespace sauda::masters
