#include "services/instruments/shell/planned.h"

#include <set>

namespace sauda::instruments {

using namespace domain;

namespace {

constexpr int kExpiries = 12;

std::vector<Date> planned_expiries(const MarketRules& rules, Underlying underlying, Date today) {
    std::vector<Date> list;
    Date from = today;
    while (list.size() < kExpiries) {
        const auto expiry = rules.next_expiry(underlying, from);
        if (!expiry) {
            break;
        }
        list.push_back(*expiry);
        from = Date{expiry->days + 1};
    }
    return list;
}

bool is_same_month(Date a, Date b) {
    return base::civil_of(a).month == base::civil_of(b).month &&
           base::civil_of(a).year == base::civil_of(b).year;
}

}  // namespace

std::vector<ContractId> planned_contracts(const MarketRules& rules,
                                          const search::ParsedQuery& query, Date today) {
    std::set<Price> strikes;
    for (const auto& reading : query.readings) {
        strikes.insert(reading.strikes.begin(), reading.strikes.end());
    }
    std::vector<ContractId> contracts;
    for (uint16_t i = 1; !to_text(static_cast<Underlying>(i)).empty(); ++i) {
        const auto underlying = static_cast<Underlying>(i);
        const auto exchange = exchange_of(underlying);
        if (exchange != Exchange::MCX) {
            contracts.push_back(ContractId::spot(exchange, underlying));
        }
        const auto expiries = planned_expiries(rules, underlying, today);
        for (std::size_t n = 0; n < expiries.size(); ++n) {
            const bool is_monthly =
                n + 1 < expiries.size() && !is_same_month(expiries[n], expiries[n + 1]);
            if (is_monthly) {
                contracts.push_back(ContractId::future(exchange, underlying, expiries[n]));
            }
            for (const auto strike : strikes) {
                for (const auto kind : {ContractKind::Call, ContractKind::Put}) {
                    contracts.push_back(
                        ContractId::option(exchange, underlying, kind, expiries[n], strike));
                }
            }
        }
    }
    return contracts;
}

}  // namespace sauda::instruments
