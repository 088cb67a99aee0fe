#include "services/importer/core/chain_row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sauda::importer {

using domain::Underlying;

namespace {

enum Column : std::size_t {
    kFetchTime = 0,
    kSymbol = 1,
    kExpiry = 2,
    kCalls = 3,
    kStrike = 13,
    kPuts = 14,
    kCollected = 24,
    kColumns = 25,
};
constexpr std::array<std::string_view, kColumns> kNames{
    "Fetch_Time",          "Symbol",         "Expiry_Date",     "CALLS_OI",
    "CALLS_Chng_in_OI",    "CALLS_Volume",   "CALLS_IV",        "CALLS_LTP",
    "CALLS_Net_Chng",      "CALLS_Bid_Qty",  "CALLS_Bid_Price", "CALLS_Ask_Price",
    "CALLS_Ask_Qty",       "Strike_Price",   "PUTS_OI",         "PUTS_Chng_in_OI",
    "PUTS_Volume",         "PUTS_IV",        "PUTS_LTP",        "PUTS_Net_Chng",
    "PUTS_Bid_Qty",        "PUTS_Bid_Price", "PUTS_Ask_Price",  "PUTS_Ask_Qty",
    "collection_timestamp"};
// Within a side, counted from CALLS_OI and PUTS_OI. IV and the changes are not read: the first is
// the collector's opinion, the others follow from what is.
enum Offset : std::size_t {
    kOpenInterest = 0,
    kVolume = 2,
    kLast = 4,
    kBidSize = 6,
    kBid = 7,
    kAsk = 8,
    kAskSize = 9,
};
using Cells = std::array<std::string_view, kColumns>;

constexpr double kPriceMax = 10'000'000.0;  // rupees; the limit of `wire`
constexpr double kCountMax = 1e12;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

// Fills the cells and returns how many there are, also when there are too many.
std::size_t split(std::string_view line, Cells& cells) {
    std::size_t n = 0;
    while (true) {
        const auto comma = line.find(',');
        if (n < cells.size()) {
            cells[n] = trimmed(line.substr(0, comma));
        }
        ++n;
        if (comma == std::string_view::npos) {
            return n;
        }
        line.remove_prefix(comma + 1);
    }
}

std::string shortened(std::string_view text) {
    constexpr std::size_t kShown = 40;
    return text.size() <= kShown ? std::string(text) : std::string(text.substr(0, kShown)) + "...";
}

std::unexpected<Refusal> refuse(RefusalReason reason, std::string detail) {
    return std::unexpected(Refusal{reason, std::move(detail)});
}

std::string cell_text(std::size_t column, std::string_view text) {
    return std::string(kNames[column]) + " is '" + shortened(text) + "'";
}

std::expected<double, Refusal> number(const Cells& cells, std::size_t column, double max) {
    const auto text = cells[column];
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return refuse(RefusalReason::Absurd, cell_text(column, text));
    }
    if (error != std::errc{} || end != text.data() + text.size()) {
        return refuse(RefusalReason::Unparsable, cell_text(column, text) + ", not a number");
    }
    if (!std::isfinite(value)) {
        return refuse(RefusalReason::NotFinite, cell_text(column, text));
    }
    if (value < 0.0) {
        return refuse(RefusalReason::Negative, cell_text(column, text));
    }
    if (value > max) {
        return refuse(RefusalReason::Absurd, cell_text(column, text));
    }
    return value;
}

Price price_of(double rupees) {
    return Price::from_raw(static_cast<int64_t>(rupees * 10'000.0 + 0.5));
}

std::expected<ChainSide, Refusal> side_of(const Cells& cells, std::size_t first, Price strike) {
    std::array<double, 7> values{};
    constexpr std::array<std::size_t, 7> kOffsets{kOpenInterest, kVolume, kLast,   kBidSize,
                                                  kBid,          kAsk,    kAskSize};
    for (std::size_t i = 0; i < kOffsets.size(); ++i) {
        const auto offset = kOffsets[i];
        const bool is_price = offset == kLast || offset == kBid || offset == kAsk;
        const auto value = number(cells, first + offset, is_price ? kPriceMax : kCountMax);
        if (!value) {
            return std::unexpected(value.error());
        }
        // No put is worth more than its strike.
        if (is_price && first == kPuts && price_of(*value) > strike) {
            return refuse(RefusalReason::Absurd, cell_text(first + offset, cells[first + offset]) +
                                                     ", above the strike of a put");
        }
        values[i] = *value;
    }
    ChainSide side;
    side.open_interest_lots = values[0];
    side.volume_lots = values[1];
    side.last = price_of(values[2]);
    side.bid_size = static_cast<int64_t>(values[3] + 0.5);
    side.bid = price_of(values[4]);
    side.ask = price_of(values[5]);
    side.ask_size = static_cast<int64_t>(values[6] + 0.5);
    if (side.bid.is_positive() && side.ask.is_positive() && side.bid >= side.ask) {
        return refuse(RefusalReason::Crossed, cell_text(first + kBid, cells[first + kBid]) + ", " +
                                                  cell_text(first + kAsk, cells[first + kAsk]));
    }
    return side;
}

// `count` digits at `at`; -1 if they are not all digits.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int month_of(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto it = std::find(kMonths.begin(), kMonths.end(), name);
    return it == kMonths.end() ? -1 : static_cast<int>(it - kMonths.begin()) + 1;
}

std::optional<Date> civil(int year, int month, int day) {
    if (year <= 2000 || year > 2088 || month < 1 || month > 12 || day < 1) {
        return std::nullopt;
    }
    const auto date = base::date_of(year, month, day);
    const auto back = base::civil_of(date);
    return back.day == day && back.month == month ? std::optional(date) : std::nullopt;
}

std::optional<Timestamp> instant(std::optional<Date> date, int hour, int minute, int second) {
    if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
        return std::nullopt;
    }
    return base::ist(*date, base::seconds(hour * 3600 + minute * 60 + second));
}

// "29-Aug-2025"
std::optional<Date> named_date(std::string_view text) {
    if (text.size() != 11 || text[2] != '-' || text[6] != '-') {
        return std::nullopt;
    }
    return civil(digits(text, 7, 4), month_of(text.substr(3, 3)), digits(text, 0, 2));
}

// Symbols of the exchange whose chain this is.
bool is_on_nse(Underlying underlying) {
    switch (underlying) {
        case Underlying::NIFTY:
        case Underlying::BANKNIFTY:
        case Underlying::FINNIFTY:
        case Underlying::MIDCPNIFTY:
        case Underlying::NIFTYNXT50:
            return true;
        case Underlying::SENSEX:
        case Underlying::BANKEX:
        case Underlying::CRUDEOIL:
        case Underlying::CRUDEOILM:
        case Underlying::INDIAVIX:
        case Underlying::Unspecified:
            return false;
    }
    return false;
}

}  // namespace

base::Expected<void> check_header(std::string_view line) {
    if (line.starts_with("\xEF\xBB\xBF")) {
        line.remove_prefix(3);
    }
    Cells cells;
    const auto n = split(line, cells);
    if (n == kColumns && cells == kNames) {
        return {};
    }
    std::string text = "this is not an NSE full-chain CSV. Expected 25 columns: ";
    for (std::size_t i = 0; i < kColumns; ++i) {
        text.append(i == 0 ? "" : ",").append(kNames[i]);
    }
    text += ". Found " + std::to_string(n) + (n == 1 ? " column" : " columns");
    for (std::size_t i = 0; i < std::min<std::size_t>(n, kColumns); ++i) {
        if (cells[i] != kNames[i]) {
            text += "; column " + std::to_string(i + 1) + " is '" + shortened(cells[i]) +
                    "' instead of '" + std::string(kNames[i]) + "'";
            break;
        }
    }
    const auto end = std::min<std::size_t>(line.size(), 200);
    text +=
        ". Its first line: " + std::string(line.substr(0, end)) + (end < line.size() ? "..." : "");
    return base::fail(base::ErrorKind::Invalid, text);
}

// "29-Aug-2025 09:22:45"
std::optional<Timestamp> ChainRowParser::fetch_time(std::string_view text) {
    if (text == fetch_time_.text && !text.empty()) {
        return fetch_time_.value;
    }
    if (text.size() != 20 || text[11] != ' ' || text[14] != ':' || text[17] != ':') {
        return std::nullopt;
    }
    const auto time = instant(named_date(text.substr(0, 11)), digits(text, 12, 2),
                              digits(text, 15, 2), digits(text, 18, 2));
    if (time) {
        fetch_time_ = {std::string(text), *time};
    }
    return time;
}

// "20250829_092416"
std::optional<Timestamp> ChainRowParser::collection_time(std::string_view text) {
    if (text == collection_time_.text && !text.empty()) {
        return collection_time_.value;
    }
    if (text.size() != 15 || text[8] != '_') {
        return std::nullopt;
    }
    const auto time = instant(civil(digits(text, 0, 4), digits(text, 4, 2), digits(text, 6, 2)),
                              digits(text, 9, 2), digits(text, 11, 2), digits(text, 13, 2));
    if (time) {
        collection_time_ = {std::string(text), *time};
    }
    return time;
}

std::optional<Date> ChainRowParser::expiry(std::string_view text) {
    if (text == expiry_.text && !text.empty()) {
        return expiry_.value;
    }
    const auto date = named_date(text);
    if (date) {
        expiry_ = {std::string(text), *date};
    }
    return date;
}

std::expected<ChainRow, Refusal> ChainRowParser::parse(std::string_view line) {
    Cells cells;
    const auto n = split(line, cells);
    if (n != kColumns) {
        return refuse(RefusalReason::ColumnCount, std::to_string(n) + " columns instead of 25");
    }
    if (cells[kSymbol] != symbol_.text || symbol_.text.empty()) {
        const auto underlying = domain::parse_underlying(cells[kSymbol]);
        if (!underlying || !is_on_nse(*underlying)) {
            return refuse(RefusalReason::Symbol,
                          cell_text(kSymbol, cells[kSymbol]) + ", unknown on NSE");
        }
        symbol_ = {std::string(cells[kSymbol]), *underlying};
    }
    ChainRow row;
    row.underlying = symbol_.value;
    const auto event = fetch_time(cells[kFetchTime]);
    const auto known = collection_time(cells[kCollected]);
    const auto expires = expiry(cells[kExpiry]);
    if (!event || !known || !expires) {
        const std::size_t column = !event ? kFetchTime : !known ? kCollected : kExpiry;
        return refuse(RefusalReason::BadDate, cell_text(column, cells[column]));
    }
    if (*event > *known) {
        return refuse(RefusalReason::EventAhead, cell_text(kFetchTime, cells[kFetchTime]) + ", " +
                                                     cell_text(kCollected, cells[kCollected]));
    }
    const auto strike = number(cells, kStrike, 2'000'000.0);
    if (!strike) {
        return std::unexpected(strike.error());
    }
    const double paise = *strike * 100.0;
    const auto whole = static_cast<int64_t>(paise + 0.5);
    if (whole <= 0 || std::abs(paise - static_cast<double>(whole)) > 1e-6) {
        return refuse(RefusalReason::Strike, cell_text(kStrike, cells[kStrike]));
    }
    row.event_time = *event;
    row.known_time = *known;
    row.expiry = *expires;
    row.strike = Price::from_paise(whole);
    row.call = side_of(cells, kCalls, row.strike);
    row.put = side_of(cells, kPuts, row.strike);
    return row;
}

}  // namespace sauda::importer
