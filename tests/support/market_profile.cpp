#include "tests/support/market_profile.h"

#include "common/options/black76.h"
#include "common/options/implied_volatility.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace sauda::test {

using domain::ContractKind;
using domain::Quote;

namespace {

constexpr std::array<double, 8> kEdges{-0.06, -0.03, -0.015, -0.005, 0.005, 0.015, 0.03, 0.06};
constexpr std::array<const char*, 7> kBuckets{"3 to 6 % in",  "1.5 to 3 % in",    "0.5 to 1.5 % in",
                                              "at the money", "0.5 to 1.5 % out", "1.5 to 3 % out",
                                              "3 to 6 % out"};
constexpr std::array<const char*, 4> kRanks{"nearest expiry", "second expiry", "third expiry",
                                            "near month"};
constexpr std::size_t kMonth = 3;

double rupees(domain::Price price) { return static_cast<double>(price.raw()) / 10'000.0; }
// Of a source without bid and ask: the last trade.
bool is_priced(const Quote& quote) {
    const bool has_no_depth = (quote.flags & domain::kQuoteNoDepth) != 0;
    return quote.is_two_sided() || (has_no_depth && quote.last.is_positive());
}
double mid(const Quote& quote) { return rupees(quote.is_two_sided() ? quote.mid() : quote.last); }

double median(std::vector<double> values) {
    if (values.empty()) {
        return std::nan("");
    }
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::optional<std::size_t> bucket_of(double aside) {
    for (std::size_t i = 0; i + 1 < kEdges.size(); ++i) {
        if (aside >= kEdges[i] && aside < kEdges[i + 1]) {
            return i;
        }
    }
    return std::nullopt;
}

std::string name_of(const std::string& what, std::size_t rank, std::size_t bucket) {
    return what + ", " + kRanks[rank] + ", " + kBuckets[bucket];
}

using Pairs = std::map<domain::Price, std::array<const Quote*, 2>>;  // call, put by strike

Pairs pairs_of(const std::vector<const Quote*>& quotes) {
    Pairs pairs;
    for (const auto* quote : quotes) {
        const bool is_put = quote->contract.kind() == ContractKind::Put;
        pairs[quote->contract.strike()][is_put ? 1 : 0] = quote;
    }
    return pairs;
}

bool is_whole(const std::array<const Quote*, 2>& pair) {
    return pair[0] != nullptr && pair[1] != nullptr && is_priced(*pair[0]) && is_priced(*pair[1]);
}

std::optional<double> forward_of(const Pairs& pairs) {
    std::vector<std::pair<double, double>> near;
    for (const auto& [strike, pair] : pairs) {
        if (is_whole(pair)) {
            const double difference = mid(*pair[0]) - mid(*pair[1]);
            near.emplace_back(std::fabs(difference), rupees(strike) + difference);
        }
    }
    if (near.size() < 5) {
        return std::nullopt;
    }
    std::sort(near.begin(), near.end());
    std::vector<double> forwards;
    for (std::size_t i = 0; i < 5; ++i) {
        forwards.push_back(near[i].second);
    }
    return median(forwards);
}

}  // namespace

MarketProfile::MarketProfile(domain::Underlying underlying, base::Duration cadence,
                             base::Duration settlement)
    : underlying_(underlying), cadence_(cadence), settlement_(settlement) {}

void MarketProfile::take(const domain::Message& message) {
    const auto* batch = std::get_if<domain::QuoteBatch>(&message.payload);
    if (batch == nullptr || batch->underlying != underlying_) {
        return;
    }
    const auto known = message.meta.known_time;
    if (next_ == domain::Timestamp{}) {
        next_ = known + cadence_;
    }
    if (known >= next_) {
        sample(known);
        while (next_ <= known) {
            next_ = next_ + cadence_;
        }
    }
    for (const auto& quote : batch->quotes) {
        if (quote.contract.is_option()) {
            quotes_[quote.contract] = quote;
        }
    }
}

void MarketProfile::sample(domain::Timestamp time) {
    std::map<domain::Date, Expiry> expiries;
    for (const auto& [contract, quote] : quotes_) {
        expiries[contract.expiry()].push_back(&quote);
        auto& seen = seen_[contract];
        if (quote.volume > seen.volume) {
            const auto since = (time - base::ist(base::ist_date(time), {})).ns;
            if (seen.volume.is_positive()) {
                volume_[static_cast<int>(since / base::minutes(30).ns)] +=
                    static_cast<double>((quote.volume - seen.volume).raw());
            }
            seen.volume = quote.volume;
        }
    }
    std::size_t rank = 0;
    int month = 0;
    for (auto it = expiries.begin(); it != expiries.end(); ++it, ++rank) {
        const auto next = std::next(it);
        const auto civil = base::civil_of(it->first);
        const bool is_monthly =
            next != expiries.end() && base::civil_of(next->first).month != civil.month;
        if (rank < kMonth) {
            sample_expiry(rank, it->second, time);
        } else if (is_monthly && month++ == 0) {
            sample_expiry(kMonth, it->second, time);
        }
    }
}

void MarketProfile::sample_expiry(std::size_t rank, const Expiry& quotes, domain::Timestamp time) {
    const auto pairs = pairs_of(quotes);
    const auto forward = forward_of(pairs);
    if (!forward) {
        return;
    }
    for (const auto* quote : quotes) {
        const double strike = rupees(quote->contract.strike());
        const double sign = quote->contract.kind() == ContractKind::Call ? 1.0 : -1.0;
        const double aside = sign * (strike / *forward - 1.0);
        auto& [two_sided, all] = shares_[std::string("share quoted, ") + kRanks[rank]];
        ++all;
        two_sided += quote->is_two_sided() ? 1 : 0;
        const auto bucket = bucket_of(aside);
        if (bucket && quote->is_two_sided()) {
            medians_[name_of("spread", rank, *bucket)].push_back(rupees(quote->ask) -
                                                                 rupees(quote->bid));
        }
        sample_changes(rank, aside, *quote);
    }
    for (const auto& [strike, pair] : pairs) {
        if (is_whole(pair) && std::fabs(rupees(strike) / *forward - 1.0) < 0.02) {
            const double off = mid(*pair[0]) - mid(*pair[1]) - (*forward - rupees(strike));
            if (!pair[0]->is_two_sided() || !pair[1]->is_two_sided()) {
                continue;
            }
            const double half = 0.5 * (rupees(pair[0]->ask) - rupees(pair[0]->bid) +
                                       rupees(pair[1]->ask) - rupees(pair[1]->bid));
            medians_[std::string("parity violation over half the spreads, ") + kRanks[rank]]
                .push_back(std::fabs(off) / half);
        }
    }
    // The third week's sides are too far apart a quarter of a delta out to tell its skew.
    if (rank != 2) {
        sample_smile(rank, quotes, *forward, time);
    }
}

void MarketProfile::sample_changes(std::size_t rank, double aside, const Quote& quote) {
    auto& seen = seen_[quote.contract];
    const auto bucket = bucket_of(aside);
    if (bucket && (seen.bid.is_positive() || seen.ask.is_positive())) {
        auto& [changed, all] = shares_[name_of("changed since the last look", rank, *bucket)];
        ++all;
        const bool is_same =
            seen.bid == quote.bid && seen.ask == quote.ask && seen.last == quote.last;
        changed += is_same ? 0 : 1;
    }
    seen.bid = quote.bid;
    seen.ask = quote.ask;
    seen.last = quote.last;
}

void MarketProfile::sample_smile(std::size_t rank, const Expiry& quotes, double forward,
                                 domain::Timestamp time) {
    const auto expires = base::ist(quotes.front()->contract.expiry(), settlement_);
    const double minutes = static_cast<double>((expires - time).ns) / 60e9;
    struct Point {
        double distance = 1e9;
        double volatility = 0.0;
    };
    Point at_the_money;
    Point call;
    Point put;
    for (const auto* quote : quotes) {
        const double strike = rupees(quote->contract.strike());
        const bool is_call = quote->contract.kind() == ContractKind::Call;
        if (!is_priced(*quote) || is_call != (strike >= forward)) {
            continue;
        }
        const auto found = options::implied_volatility(
            {mid(*quote), forward, strike, minutes / 525'600.0, 1.0, is_call});
        if (!found) {
            continue;
        }
        const auto greeks =
            options::black76({is_call, forward, strike, 1.0, minutes, found->volatility});
        const auto nearer = [&](Point& point, double distance) {
            if (distance < point.distance) {
                point = {distance, found->volatility};
            }
        };
        nearer(at_the_money, std::fabs(strike - forward));
        if (greeks) {
            nearer(is_call ? call : put, std::fabs(std::fabs(greeks->delta) - 0.25));
        }
    }
    if (at_the_money.distance < 1e9 && call.distance < 0.05 && put.distance < 0.05) {
        medians_[std::string("volatility at the money, ") + kRanks[rank]].push_back(
            at_the_money.volatility);
        medians_[std::string("25-delta skew, ") + kRanks[rank]].push_back(put.volatility -
                                                                          call.volatility);
    }
}

std::vector<std::pair<std::string, double>> MarketProfile::figures() const {
    std::vector<std::pair<std::string, double>> out;
    for (const auto& [name, values] : medians_) {
        out.emplace_back(name, median(values));
    }
    for (const auto& [name, share] : shares_) {
        out.emplace_back(name, share.first / share.second);
    }
    // From 09:30; 10:00 to 11:00 as one, for the recording's gap lies in it.
    double total = 0.0;
    std::map<int, double> slots;
    for (const auto& [slot, volume] : volume_) {
        if (slot >= 19) {
            slots[slot == 21 ? 20 : slot] += volume;
            total += volume;
        }
    }
    for (const auto& [slot, volume] : slots) {
        const auto hour = std::to_string(slot / 2) + (slot % 2 == 0 ? ":00" : ":30");
        out.emplace_back(std::string("volume share from ") + (slot < 20 ? "0" : "") + hour,
                         volume / total);
    }
    return out;
}

}  // namespace sauda::test
