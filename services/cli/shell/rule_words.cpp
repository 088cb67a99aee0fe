#include "services/cli/shell/rule_words.h"

#include "common/wire/format.h"

namespace sauda::cli {

using namespace domain;

namespace {

// `ratio` in 10^-decimals, as per cent without needless zeros: "0.03553 %".
std::string percent(int64_t ratio, int decimals) {
    std::string digits = std::to_string(ratio);
    const auto fraction = static_cast<std::size_t>(decimals - 2);
    if (digits.size() <= fraction) {
        digits.insert(0, fraction + 1 - digits.size(), '0');
    }
    digits.insert(digits.size() - fraction, ".");
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') {
        digits.pop_back();
    }
    return digits + " %";
}

std::string of_charge(int64_t ratio) { return percent(ratio, 9); }
std::string of_margin(int64_t ratio) { return percent(ratio, 6); }

std::string clock_of(Timestamp t) { return wire::ist_clock(t).substr(0, 5); }

const char* phase_name(SessionPhase phase) {
    switch (phase) {
        case SessionPhase::Closed:
            return "closed";
        case SessionPhase::PreOpenEntry:
            return "pre-open orders";
        case SessionPhase::PreOpenMatching:
            return "pre-open matching";
        case SessionPhase::PreOpenBuffer:
            return "buffer";
        case SessionPhase::Continuous:
            return "continuous trading";
        case SessionPhase::ClosingReference:
            return "closing reference price";
        case SessionPhase::ClosingEntry:
            return "closing auction orders";
        case SessionPhase::ClosingLimitEntry:
            return "closing auction limit orders";
        case SessionPhase::ClosingMatching:
            return "closing auction matching";
        case SessionPhase::PostClose:
            return "post-close session";
        case SessionPhase::TradeModification:
            return "trade modification";
    }
    return "?";
}

const char* method_name(SettlementMethod method) {
    switch (method) {
        case SettlementMethod::Unspecified:
            return "not known";
        case SettlementMethod::IndexAverage:
            return "the index of its constituents' average prices";
        case SettlementMethod::IndexAuction:
            return "the index of its constituents' closing auction prices";
        case SettlementMethod::ContractAverage:
            return "the contract's own average price";
        case SettlementMethod::IntoFuture:
            return "by the future's settlement price, in the money into the future at the strike";
        case SettlementMethod::Reference:
            return "a reference price from abroad";
    }
    return "?";
}

}  // namespace

std::string clock_words(base::Duration time) {
    const auto minutes = time.ns / base::minutes(1).ns;
    const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

std::string day_words(const TradingDay& day) {
    std::string words = clock_of(day.open) + " to " + clock_of(day.close);
    if (day.spot_close != day.close) {
        words += ", the cash index to " + clock_of(day.spot_close);
    }
    return words + ", the day ends at " + clock_of(day.day_end);
}

std::string phase_words(const PhaseSpan& span) {
    return std::string(phase_name(span.phase)) + " " + clock_of(span.start) + " to " +
           clock_of(span.end);
}

std::string segment_words(Segment segment) {
    switch (segment) {
        case Segment::Cash:
            return "the cash market";
        case Segment::Future:
            return "futures";
        case Segment::Option:
            return "options";
        case Segment::Unspecified:
            break;
    }
    return "?";
}

std::string charge_words(const ChargeRates& rates) {
    return "brokerage " + wire::rupees(rates.brokerage_per_order) + " an order, STT or CTT " +
           of_charge(rates.stt_sell) + " of sales and " + of_charge(rates.stt_exercise) +
           " of exercise, exchange " + of_charge(rates.exchange) + ", SEBI " +
           of_charge(rates.sebi) + ", stamp duty " + of_charge(rates.stamp_buy) +
           " of purchases, GST " + of_charge(rates.gst);
}

std::string protection_words(const PriceProtection& protection) {
    return "within " + of_margin(protection.ratio) + " of the reference" +
           (protection.absolute.is_positive()
                ? " or " + wire::price(protection.absolute) + ", whichever is more"
                : "");
}

std::string settlement_words(const SettlementRow& row) {
    std::string words = method_name(row.method);
    if (row.window_end.ns != 0) {
        words += ", " + clock_words(row.window_start) + " to " + clock_words(row.window_end);
    }
    return words;
}

std::string settlement_style_words(OptionSettlement style) {
    switch (style) {
        case OptionSettlement::None:
            return "it has no options";
        case OptionSettlement::Cash:
            return "settled in cash";
        case OptionSettlement::Future:
            return "become the future; closed the day before by default";
        case OptionSettlement::Physical:
            return "end in delivery; not opened by default";
    }
    return "?";
}

std::string expiry_words(const ExpiryRow& row) {
    if (row.weekday == kNoExpiry) {
        return "none";
    }
    constexpr const char* kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};
    return row.cycle == ExpiryCycle::Weekly
               ? std::string(kDays[row.weekday])
               : "last " + std::string(kDays[row.weekday]) + " of the month";
}

std::string margin_words(const MarginParameters& p) {
    return "price scan " + of_margin(p.price_scan) + ", volatility scan " +
           of_margin(p.volatility_scan) + ", exposure " + of_margin(p.exposure) +
           ", on expiry day " + of_margin(p.expiry_day_extra) + " more, calendar " +
           of_margin(p.calendar_charge) +
           (p.calendar_on_expiry ? "" : " and no calendar benefit on the last day");
}

std::string cutoff_words(const BrokerCutoffRow& row) {
    return row.is_before_close ? clock_words(row.time) + " hours before the close"
                               : "at " + clock_words(row.time);
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
    std::string text;
    for (const auto& part : parts) {
        text += (text.empty() ? "" : between) + part;
    }
    return text;
}

}  // namespace sauda::cli
