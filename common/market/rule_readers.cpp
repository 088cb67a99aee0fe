#include "common/market/rule_readers.h"

namespace sauda::market {

using namespace domain;

namespace {

// Every reader reads to the end of its row, source included; after an error the values are empty.
using Keys = std::vector<RuleKey>;

std::string text_of(Exchange exchange) { return std::string(to_text(exchange)); }
std::string text_of(Underlying underlying) {
    return underlying == Underlying::Unspecified ? "*" : std::string(to_text(underlying));
}
std::string text_of(ContractKind kind) {
    return kind == ContractKind::Spot ? "spot" : kind == ContractKind::Future ? "future" : "option";
}

Keys read_underlying(RowReader& row, MarketRules& rules) {
    const auto number = row.integer(1, kUnderlyingNumberMax);
    const auto name = row.text();
    const auto exchange = row.exchange();
    const auto settlement =
        static_cast<OptionSettlement>(row.one_of({"none", "cash", "future", "physical"}));
    const auto known = static_cast<Underlying>(number);
    if (row.ok() && to_text(known) != name) {
        row.refuse_row("number " + std::to_string(number) + " is " +
                       (to_text(known).empty() ? "unknown" : std::string(to_text(known))) +
                       " in this program, not " + name);
    }
    rules.underlyings.push_back({known, exchange, settlement, row.text()});
    return {{"number " + std::to_string(number), {}}};
}

Keys read_session(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto exchanges = row.exchanges();
    const auto from = row.date();
    const auto open = row.time();
    const auto close = row.time();
    const auto spot_close = row.time();
    const auto day_end = row.time();
    if (close <= open || spot_close <= open || spot_close > close || day_end < close) {
        row.refuse_row("the times must rise: open < spot_close <= close <= day_end");
    }
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        rules.sessions.push_back({exchange, from, open, close, spot_close, day_end, source});
        keys.push_back({text_of(exchange), from});
    }
    return keys;
}

Keys read_holiday(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto exchanges = row.exchanges();
    const auto date = row.date();
    const auto name = row.text();
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        rules.holidays.push_back({exchange, date, name, source});
        keys.push_back({text_of(exchange), date});
    }
    return keys;
}

// Hours of which only the day is known are "?": the day stays closed and says why.
Keys read_special_session(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto exchanges = row.exchanges();
    const auto date = row.date();
    const bool is_unknown = row.peek() == "?";
    const auto open = is_unknown ? base::Duration{} : row.time();
    const auto close = is_unknown ? base::Duration{} : row.time();
    if (is_unknown) {
        row.one_of({"?"});
        row.one_of({"?"});
    } else if (close <= open) {
        row.refuse_row("the session closes before it opens");
    }
    const auto name = row.text();
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        if (is_unknown) {
            rules.holidays.push_back({exchange, date, name + " (hours not known)", source});
        } else {
            rules.special_sessions.push_back({exchange, date, open, close, name, source});
        }
        keys.push_back({text_of(exchange), date});
    }
    return keys;
}

Keys read_phase(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto exchanges = row.exchanges();
    const auto segment = row.segment();
    const auto from = row.date();
    // In the order of SessionPhase; closed and continuous are not phases of this file.
    const std::size_t word =
        row.one_of({"pre_open_entry", "pre_open_matching", "pre_open_buffer", "closing_reference",
                    "closing_entry", "closing_limit_entry", "closing_matching", "post_close",
                    "trade_modification"});
    const auto phase = static_cast<SessionPhase>(word < 3 ? word + 1 : word + 2);
    const auto start = row.time();
    const auto end = row.time();
    if (end <= start) {
        row.refuse_row("the phase ends before it starts");
    }
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        for (const auto& other : rules.phase_rows) {
            if (other.exchange == exchange && other.segment == segment && other.from == from &&
                start < other.end && other.start < end) {
                row.refuse_row("the phase overlaps another of the same market and date");
            }
        }
        rules.phase_rows.push_back({exchange, segment, from, phase, start, end, source});
        keys.push_back({text_of(exchange) + " segment " +
                            std::to_string(static_cast<int>(segment)) + " phase " +
                            std::to_string(word),
                        from});
    }
    return keys;
}

Keys read_lot(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto from = row.date();
    const bool is_always = row.peek() == "-";
    if (is_always) {
        row.one_of({"-"});
    }
    const auto traded_from = is_always ? Date{} : row.date();
    const auto lot = row.quantity();
    rules.lots.push_back({underlying, from, lot, traded_from, row.text()});
    return {{text_of(underlying), from, traded_from}};
}

Keys read_expiry(RowReader& row, MarketRules& rules) {
    const auto exchange = row.exchange();
    const auto underlying = row.underlying();
    const auto cycle =
        row.one_of({"weekly", "monthly"}) == 0 ? ExpiryCycle::Weekly : ExpiryCycle::Monthly;
    const auto from = row.date();
    const auto day = static_cast<int>(
        row.one_of({"none", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"}));
    if (row.ok() && exchange != exchange_of(underlying)) {
        row.refuse_row(text_of(underlying) + " is not listed on " + text_of(exchange));
    }
    rules.expiries.push_back(
        {exchange, underlying, cycle, from, day == 0 ? kNoExpiry : day, row.text()});
    return {{text_of(underlying) + (cycle == ExpiryCycle::Weekly ? " weekly" : " monthly"), from}};
}

Keys read_freeze(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto from = row.date();
    const auto freeze = row.quantity();
    const auto order_max = row.quantity();
    if (order_max < freeze) {
        row.refuse_row("order_max is smaller than freeze");
    }
    rules.freezes.push_back({underlying, from, freeze, order_max, row.text()});
    return {{text_of(underlying), from}};
}

Keys read_tick(RowReader& row, MarketRules& rules) {
    const auto underlying = row.underlying();
    const auto kind = row.kind();
    const auto from = row.date();
    const auto tick = row.price();
    if (!tick.is_positive()) {
        row.refuse_row("the tick must be above zero");
    }
    rules.ticks.push_back({underlying, kind, from, tick, row.text()});
    return {{text_of(underlying) + " " + text_of(kind), from}};
}

Keys read_charge(RowReader& row, MarketRules& rules) {
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
    rules.charges.push_back({exchange, kind, from, rates, row.text()});
    return {{text_of(exchange) + " " + text_of(kind), from}};
}

Keys read_margin(RowReader& row, MarketRules& rules) {
    constexpr int kRatioDecimals = 6;
    Keys keys;
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
    p.volatility = row.percent(kRatioDecimals);
    p.rate = row.percent(kRatioDecimals);
    if (p.price_scan == 0 || (p.price_scan_far != 0 && p.price_scan_far < p.price_scan)) {
        row.refuse_row("price_scan must be above zero and price_scan_far not below it");
    }
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        rules.margin_parameter_rows.push_back({exchange, underlying, from, p, source});
        if (underlying == Underlying::Unspecified) {
            rules.margins.push_back(
                {exchange, from, {p.price_scan, p.exposure, p.expiry_day_extra}});
        }
        keys.push_back({text_of(exchange) + " " + text_of(underlying), from});
    }
    return keys;
}

Keys read_protection(RowReader& row, MarketRules& rules) {
    constexpr int kRatioDecimals = 6;
    const auto exchange = row.exchange();
    const auto kind = row.kind();
    const auto from = row.date();
    PriceProtection protection;
    protection.absolute = row.price();
    protection.ratio = row.percent(kRatioDecimals);
    rules.protections.push_back({exchange, kind, from, protection, row.text()});
    return {{text_of(exchange) + " " + text_of(kind), from}};
}

Keys read_settlement(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto exchanges = row.exchanges();
    const auto kind = row.kind();
    const auto purpose =
        row.one_of({"final", "daily"}) == 0 ? SettlementPurpose::Final : SettlementPurpose::Daily;
    const auto from = row.date();
    const auto method = static_cast<SettlementMethod>(
        1 + row.one_of({"index_average", "index_auction", "contract_average", "into_future",
                        "reference"}));
    const bool has_window = row.peek() != "-";
    const auto start = has_window ? row.time() : base::Duration{};
    const auto end = has_window ? row.time() : base::Duration{};
    if (!has_window) {
        row.one_of({"-"});
        row.one_of({"-"});
    } else if (end <= start) {
        row.refuse_row("the window ends before it starts");
    }
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        rules.settlements.push_back({exchange, kind, purpose, from, method, start, end, source});
        keys.push_back({text_of(exchange) + " " + text_of(kind) +
                            (purpose == SettlementPurpose::Final ? " final" : " daily"),
                        from});
    }
    return keys;
}

Keys read_broker_cutoff(RowReader& row, MarketRules& rules) {
    Keys keys;
    const auto broker = row.text();
    const auto exchanges = row.exchanges();
    const auto product = row.product();
    const auto from = row.date();
    const bool is_before_close = row.one_of({"at", "before_close"}) == 1;
    const auto time = row.time();
    const auto fee = row.money();
    const auto source = row.text();
    for (const auto exchange : exchanges) {
        rules.broker_cutoffs.push_back(
            {broker, exchange, product, from, time, is_before_close, fee, source});
        keys.push_back({broker + " " + text_of(exchange) + " product " +
                            std::to_string(static_cast<int>(product)),
                        from});
    }
    return keys;
}

}  // namespace

const std::vector<RuleFile>& rule_files() {
    static const std::vector<RuleFile> files{
        {"underlyings.csv", {"number", "name", "exchange", "option_settlement"}, read_underlying},
        {"sessions.csv",
         {"exchanges", "from", "open", "close", "spot_close", "day_end"},
         read_session},
        {"phases.csv", {"exchanges", "segment", "from", "phase", "start", "end"}, read_phase},
        {"holidays.csv", {"exchanges", "date", "name"}, read_holiday},
        {"special_sessions.csv",
         {"exchanges", "date", "open", "close", "name"},
         read_special_session},
        {"lots.csv", {"underlying", "expiry_from", "traded_from", "lot"}, read_lot},
        {"expiries.csv", {"exchange", "underlying", "cycle", "from", "weekday"}, read_expiry},
        {"settlements.csv",
         {"exchanges", "kind", "purpose", "from", "method", "start", "end"},
         read_settlement},
        {"freeze.csv", {"underlying", "from", "freeze", "order_max"}, read_freeze},
        {"ticks.csv", {"underlying", "kind", "from", "tick"}, read_tick},
        {"charges.csv",
         {"exchange", "kind", "from", "brokerage", "stt_sell", "stt_exercise", "exchange_charge",
          "sebi", "stamp_buy", "gst"},
         read_charge},
        {"margins.csv",
         {"exchanges", "underlying", "from", "price_scan", "price_scan_sigmas", "price_scan_far",
          "far_days", "volatility_scan", "volatility_share", "short_option_minimum", "exposure",
          "expiry_day", "calendar_charge", "calendar_on_expiry", "volatility", "rate"},
         read_margin},
        {"protections.csv", {"exchange", "kind", "from", "absolute", "percent"}, read_protection},
        {"broker_cutoffs.csv",
         {"broker", "exchanges", "product", "from", "when", "time", "fee"},
         read_broker_cutoff}};
    return files;
}

}  // namespace sauda::market
