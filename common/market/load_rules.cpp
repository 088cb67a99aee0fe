#include "common/market/load_rules.h"

#include "common/base/hash.h"
#include "common/market/row_reader.h"

#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <tuple>

namespace sauda::market {

using namespace domain;

namespace {

// Parses the rows of one kind into the rules. Key: what must not occur twice.
using Key = std::tuple<int, int, int, int32_t>;
using ReadRow = std::function<std::vector<Key>(RowReader&, MarketRules&)>;

constexpr uint16_t kUnderlyingNumberMax = 4095;  // 12 bits of a contract

struct RuleFile {
    std::string name;
    std::vector<std::string> columns;
    ReadRow read;
};

template <class A, class B, class C>
Key key(A a, B b, C c, Date date) {
    return {static_cast<int>(a), static_cast<int>(b), static_cast<int>(c), date.days};
}
template <class A>
Key key(A a, Date date) {
    return key(a, 0, 0, date);
}

std::vector<Key> read_underlying(RowReader& row, MarketRules& /*rules*/) {
    const auto number = row.integer(1, kUnderlyingNumberMax);
    const auto name = row.text();
    row.exchange();
    const auto known = static_cast<Underlying>(number);
    if (row.ok() && to_text(known) != name) {
        row.refuse_row("number " + std::to_string(number) + " is " +
                       (to_text(known).empty() ? "unknown" : std::string(to_text(known))) +
                       " in this program, not " + name);
    }
    return {key(number, {})};
}

std::vector<Key> read_session(RowReader& row, MarketRules& rules) {
    std::vector<Key> keys;
    const auto exchanges = row.exchanges();
    const auto from = row.date();
    const auto open = row.time();
    const auto close = row.time();
    const auto spot_close = row.time();
    const auto day_end = row.time();
    if (close <= open || spot_close <= open || spot_close > close || day_end < close) {
        row.refuse_row("the times must rise: open < spot_close <= close <= day_end");
    }
    for (const auto exchange : exchanges) {
        rules.sessions.push_back({exchange, from, open, close, spot_close, day_end});
        keys.push_back(key(exchange, from));
    }
    return keys;
}

std::vector<Key> read_holiday(RowReader& row, MarketRules& rules) {
    std::vector<Key> keys;
    const auto exchanges = row.exchanges();
    const auto date = row.date();
    const auto name = row.text();
    for (const auto exchange : exchanges) {
        rules.holidays.push_back({exchange, date, name});
        keys.push_back(key(exchange, date));
    }
    return keys;
}

std::vector<Key> read_special_session(RowReader& row, MarketRules& rules) {
    std::vector<Key> keys;
    const auto exchanges = row.exchanges();
    const auto date = row.date();
    const auto open = row.time();
    const auto close = row.time();
    row.text();  // its name
    if (close <= open) {
        row.refuse_row("the session closes before it opens");
    }
    for (const auto exchange : exchanges) {
        rules.special_sessions.push_back({exchange, date, open, close});
        keys.push_back(key(exchange, date));
    }
    return keys;
}

std::vector<Key> read_lot(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto from = row.date();
    rules.lots.push_back({underlying, from, row.quantity()});
    return {key(underlying, from)};
}

std::vector<Key> read_expiry(RowReader& row, MarketRules& rules) {
    const auto exchange = row.exchange();
    const auto underlying = row.underlying();
    const auto cycle =
        row.one_of({"weekly", "monthly"}) == 0 ? ExpiryCycle::Weekly : ExpiryCycle::Monthly;
    const auto from = row.date();
    const auto day = static_cast<int>(
        row.one_of({"none", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}));
    rules.expiries.push_back({exchange, underlying, cycle, from, day == 0 ? kNoExpiry : day});
    return {key(underlying, cycle, 0, from)};
}

std::vector<Key> read_freeze(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto from = row.date();
    const auto freeze = row.quantity();
    const auto order_max = row.quantity();
    if (order_max < freeze) {
        row.refuse_row("order_max is smaller than freeze");
    }
    rules.freezes.push_back({underlying, from, freeze, order_max});
    return {key(underlying, from)};
}

std::vector<Key> read_tick(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto kind = row.kind();
    const auto from = row.date();
    const auto tick = row.price();
    if (!tick.is_positive()) {
        row.refuse_row("the tick must be above zero");
    }
    rules.ticks.push_back({underlying, kind, from, tick});
    return {key(underlying, kind, 0, from)};
}

std::vector<Key> read_charge(RowReader& row, MarketRules& rules) {
    constexpr int kRatioDecimals = 9;
    const auto exchange = row.exchange();
    const auto kind = row.kind();
    const auto from = row.date();
    ChargeRates rates;
    rates.brokerage_per_order = row.money();
    rates.stt_sell = row.percent(kRatioDecimals);
    rates.stt_exercise = row.percent(kRatioDecimals);
    rates.exchange = row.percent(kRatioDecimals);
    rates.sebi = row.percent(kRatioDecimals);
    rates.stamp_buy = row.percent(kRatioDecimals);
    rates.gst = row.percent(kRatioDecimals);
    rules.charges.push_back({exchange, kind, from, rates});
    return {key(exchange, kind, 0, from)};
}

std::vector<Key> read_margin(RowReader& row, MarketRules& rules) {
    constexpr int kRatioDecimals = 6;
    std::vector<Key> keys;
    const auto exchanges = row.exchanges();
    const auto underlying = row.underlying_or_all();
    const auto from = row.date();
    MarginParameters p;
    p.price_scan = row.percent(kRatioDecimals);
    p.price_scan_sigmas = row.decimal(kRatioDecimals, 100);
    p.price_scan_far = row.percent(kRatioDecimals);
    p.far_days = row.integer(0, 10'000);
    p.volatility_scan = row.percent(kRatioDecimals);
    p.volatility_share = row.percent(kRatioDecimals);
    p.short_option_minimum = row.percent(kRatioDecimals);
    p.exposure = row.percent(kRatioDecimals);
    p.expiry_day_extra = row.percent(kRatioDecimals);
    p.calendar_charge = row.percent(kRatioDecimals);
    p.calendar_on_expiry = row.one_of({"no", "yes"}) == 1;
    if (p.price_scan == 0 || (p.price_scan_far != 0 && p.price_scan_far < p.price_scan)) {
        row.refuse_row("price_scan must be above zero and price_scan_far not below it");
    }
    for (const auto exchange : exchanges) {
        rules.margin_parameter_rows.push_back({exchange, underlying, from, p, {}});
        if (underlying == Underlying::Unspecified) {
            rules.margins.push_back(
                {exchange, from, {p.price_scan, p.exposure, p.expiry_day_extra}});
        }
        keys.push_back(key(exchange, underlying, 0, from));
    }
    return keys;
}

std::vector<Key> read_protection(RowReader& row, MarketRules& rules) {
    constexpr int kRatioDecimals = 6;
    const auto exchange = row.exchange();
    const auto kind = row.kind();
    const auto from = row.date();
    PriceProtection protection;
    protection.absolute = row.price();
    protection.ratio = row.percent(kRatioDecimals);
    rules.protections.push_back({exchange, kind, from, protection});
    return {key(exchange, kind, 0, from)};
}

const std::vector<RuleFile>& rule_files() {
    static const std::vector<RuleFile> files{
        {"underlyings.csv", {"number", "name", "exchange"}, read_underlying},
        {"sessions.csv",
         {"exchanges", "from", "open", "close", "spot_close", "day_end"},
         read_session},
        {"holidays.csv", {"exchanges", "date", "name"}, read_holiday},
        {"special_sessions.csv",
         {"exchanges", "date", "open", "close", "name"},
         read_special_session},
        {"lots.csv", {"underlying", "expiry_from", "lot"}, read_lot},
        {"expiries.csv", {"exchange", "underlying", "cycle", "from", "weekday"}, read_expiry},
        {"freeze.csv", {"underlying", "from", "freeze", "order_max"}, read_freeze},
        {"ticks.csv", {"underlying", "kind", "from", "tick"}, read_tick},
        {"charges.csv",
         {"exchange", "kind", "from", "brokerage", "stt_sell", "stt_exercise", "exchange_charge",
          "sebi", "stamp_buy", "gst"},
         read_charge},
        {"margins.csv",
         {"exchanges", "underlying", "from", "price_scan", "price_scan_sigmas", "price_scan_far",
          "far_days", "volatility_scan", "volatility_share", "short_option_minimum", "exposure",
          "expiry_day", "calendar_charge", "calendar_on_expiry"},
         read_margin},
        {"protections.csv", {"exchange", "kind", "from", "absolute", "percent"}, read_protection}};
    return files;
}

base::Expected<std::string> bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) {
        return base::fail(base::ErrorKind::NotFound,
                          "cannot read the market rules " + path +
                              "; is the rules directory set to deploy/market?");
    }
    return bytes;
}

std::size_t underlyings_known() {
    std::size_t n = 0;
    for (uint16_t number = 1; number <= kUnderlyingNumberMax; ++number) {
        n += to_text(static_cast<Underlying>(number)).empty() ? 0 : 1;
    }
    return n;
}

// Every file ends with the column `source`.
base::Expected<void> read_rows(const RuleFile& file, std::string_view text, MarketRules& rules) {
    auto columns = file.columns;
    columns.emplace_back("source");
    const auto table = parse_csv(text, file.name, columns);
    if (!table) {
        return std::unexpected(table.error());
    }
    std::set<Key> seen;
    for (const auto& csv_row : table->rows) {
        RowReader row(*table, csv_row);
        const auto keys = file.read(row, rules);
        row.text();  // the source
        for (const auto& one : keys) {
            if (row.ok() && !seen.insert(one).second) {
                row.refuse_row("a second row for the same key and date");
            }
        }
        if (!row.ok()) {
            return std::unexpected(row.error());
        }
    }
    if (file.name == "underlyings.csv" && seen.size() != underlyings_known()) {
        return base::fail(base::ErrorKind::Invalid, "underlyings.csv lists " +
                                                        std::to_string(seen.size()) +
                                                        " underlyings; this program knows " +
                                                        std::to_string(underlyings_known()));
    }
    return {};
}

}  // namespace

base::Expected<MarketRules> load_rules(const std::string& directory) {
    MarketRules rules;
    base::Hash64 hash;
    for (const auto& file : rule_files()) {
        const auto bytes = bytes_of(directory + "/" + file.name);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        hash.add_bytes(file.name);
        hash.add_bytes(*bytes);
        if (auto read = read_rows(file, *bytes, rules); !read) {
            return std::unexpected(read.error());
        }
    }
    rules.hash = base::to_hex(hash.value());
    return rules;
}

}  // namespace sauda::market
