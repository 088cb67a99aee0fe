#include "services/importer/core/row_reader.h"

#include <algorithm>

namespace sauda::importer {

using domain::ContractKind;
using domain::Underlying;

namespace {

constexpr std::size_t kBid = 1;
constexpr std::size_t kAsk = 2;
constexpr std::size_t kBidSize = 3;
constexpr std::size_t kAskSize = 4;
constexpr std::size_t kVolume = 5;
constexpr std::size_t kInterest = 6;
constexpr std::size_t kVolatility = 7;

bool is_any_of(std::string_view cell, std::initializer_list<std::string_view> texts) {
    return std::find(texts.begin(), texts.end(), cell) != texts.end();
}

// Unspecified: none of the words for calls, puts and futures.
ContractKind kind_of(std::string_view type) {
    if (is_any_of(type, {"CE", "CALL", "C", "ce", "call", "Call", "CA"})) {
        return ContractKind::Call;
    }
    if (is_any_of(type, {"PE", "PUT", "P", "pe", "put", "Put", "PA"})) {
        return ContractKind::Put;
    }
    return is_any_of(type, {"", "XX", "FUT", "fut", "-"}) ? ContractKind::Future
                                                          : ContractKind::Unspecified;
}

Price to_paisa(int64_t raw) { return Price::from_raw((raw + 50) / 100 * 100); }

}  // namespace

std::string RowReader::named(Role role) const {
    const auto& name = map_.column(role);
    return name.starts_with('#') ? "column " + name.substr(1) : name;
}

Refusal RowReader::bad_date(Role role) const {
    auto text = cell_text(named(role), cell(role));
    if (is_ambiguous_date(cell(role))) {
        return {RefusalReason::AmbiguousDate,
                text + ": day or month first? Declare it in a column map (date_form)"};
    }
    return {RefusalReason::BadDate, std::move(text)};
}

std::expected<int64_t, Refusal> RowReader::number(Role role, int64_t max) const {
    const auto text = cell(role);
    if (map_.blank_is_absent && is_blank(text)) {
        return 0;
    }
    return number_of(text, map_.column(role), max);
}

std::optional<Timestamp> RowReader::moment(Role role, Remembered<Timestamp>& memory) {
    const auto text = cell(role);
    if (memory.is_set && text == memory.text) {
        return memory.value;
    }
    const auto time = read_moment(text, map_.date_form, map_.offset);
    if (time) {
        memory = {std::string(text), *time, true};
    }
    return time;
}

std::optional<Date> RowReader::date(Role role, DateForm form, Remembered<Date>& memory) {
    const auto text = cell(role);
    if (memory.is_set && text == memory.text) {
        return memory.value;
    }
    const auto date = read_date(text, form);
    if (date) {
        memory = {std::string(text), *date, true};
    }
    return date;
}

std::optional<Refusal> RowReader::read_stamp(Row& row) {
    if (!has(Role::Date) && map_.date.days == 0) {
        if (!has(Role::Time)) {
            return std::nullopt;  // the known time is the only one
        }
        const auto event = moment(Role::Time, event_);
        if (!event) {
            return bad_date(Role::Time);
        }
        row.event_time = *event;
        row.date = base::ist_date(*event);
        return std::nullopt;
    }
    row.date = map_.date;
    if (has(Role::Date)) {
        const auto day = date(Role::Date, map_.date_form, date_);
        if (!day) {
            return bad_date(Role::Date);
        }
        row.date = *day;
    }
    const auto time = has(Role::Time) ? read_time(cell(Role::Time)) : map_.time;
    if (has(Role::Time) && !time) {
        return Refusal{RefusalReason::BadDate, cell_text(named(Role::Time), cell(Role::Time))};
    }
    if (time) {
        row.event_time = base::ist(row.date, *time) + base::kIstOffset - map_.offset;
    }
    return std::nullopt;
}

std::optional<Refusal> RowReader::read_times(Row& row) {
    row.event_time = {};
    row.known_time = {};
    if (auto refusal = read_stamp(row)) {
        return refusal;
    }
    switch (map_.known_rule) {
        case KnownRule::BarEnd:
            row.event_time = row.event_time + map_.length;
            row.known_time = row.event_time;
            return std::nullopt;
        case KnownRule::SessionClose:
            return std::nullopt;
        case KnownRule::Evening:
            row.known_time = base::ist(row.date, map_.known_at);
            return std::nullopt;
        case KnownRule::Stamp:
            break;
    }
    if (!has(Role::KnownTime)) {
        row.known_time = row.event_time + map_.known_after;
        return std::nullopt;
    }
    const auto known = moment(Role::KnownTime, known_);
    if (!known) {
        return bad_date(Role::KnownTime);
    }
    row.known_time = *known;
    if (!row.event_time.is_set()) {
        row.event_time = *known;
        row.date = base::ist_date(*known);
    }
    if (row.event_time > row.known_time) {
        return Refusal{RefusalReason::EventAhead,
                       cell_text(named(Role::Time), cell(Role::Time)) + ", " +
                           cell_text(named(Role::KnownTime), cell(Role::KnownTime))};
    }
    return std::nullopt;
}

std::optional<Refusal> RowReader::read_underlying(Row& row) {
    row.is_relabelled = false;
    row.is_foreign =
        has(Role::Instrument) &&
        is_any_of(cell(Role::Instrument), {"STO", "STF", "OPTSTK", "FUTSTK", "OPTIVX", "FUTIVX"});
    if (row.is_foreign) {
        return std::nullopt;
    }
    row.underlying = underlying_ != Underlying::Unspecified ? underlying_ : map_.underlying;
    if (!has(Role::Symbol)) {
        return std::nullopt;
    }
    const auto text = cell(Role::Symbol);
    if (!symbol_.is_set || text != symbol_.text) {
        const auto found = underlying_of(text);
        const bool is_ours = found && (map_.exchange == domain::Exchange::Unspecified ||
                                       domain::exchange_of(*found) == map_.exchange);
        if (!is_ours && underlying_ == Underlying::Unspecified) {
            return Refusal{RefusalReason::Symbol,
                           cell_text(named(Role::Symbol), text) + ", not an underlying known here"};
        }
        symbol_ = {std::string(text), found.value_or(Underlying::Unspecified), true};
    }
    if (underlying_ == Underlying::Unspecified) {
        row.underlying = symbol_.value;
    } else {
        row.is_relabelled = symbol_.value != underlying_;
    }
    return std::nullopt;
}

std::optional<Refusal> RowReader::read_contract(Row& row) {
    row.expiry = map_.expiry;
    if (has(Role::Expiry) && !(map_.blank_is_absent && is_blank(cell(Role::Expiry)))) {
        const auto expires = date(Role::Expiry, map_.expiry_form, expiry_);
        if (!expires) {
            return bad_date(Role::Expiry);
        }
        row.expiry = *expires;
    }
    auto& own = row.side[0].kind;
    row.sides = 1;
    if (map_.has_side(Role::CallLast) || map_.has_side(Role::PutLast)) {
        row.sides = 2;
        own = ContractKind::Call;
        row.side[1].kind = ContractKind::Put;
    } else if (has(Role::Type)) {
        own = kind_of(cell(Role::Type));
    } else if (map_.kind != ContractKind::Unspecified) {
        own = map_.kind;
    } else {
        own = row.expiry.days != 0 ? ContractKind::Future : ContractKind::Spot;
    }
    if (own == ContractKind::Future && row.expiry.days == 0) {
        own = ContractKind::Spot;
    }
    row.strike = {};
    if (own == ContractKind::Unspecified) {
        return Refusal{RefusalReason::ContractType,
                       cell_text(named(Role::Type), cell(Role::Type)) + ", neither CE nor PE"};
    }
    if (own != ContractKind::Call && own != ContractKind::Put) {
        return std::nullopt;
    }
    if (row.expiry.days == 0) {
        return bad_date(Role::Expiry);
    }
    const auto strike =
        number_of(cell(Role::Strike), map_.column(Role::Strike), 2'000'000 * kTenThousand);
    if (!strike) {
        return strike.error();
    }
    if (*strike <= 0 || *strike % 100 != 0) {
        return Refusal{RefusalReason::Strike, cell_text(named(Role::Strike), cell(Role::Strike))};
    }
    row.strike = Price::from_raw(*strike);
    return std::nullopt;
}

std::optional<Refusal> RowReader::read_spot(Row& row) {
    row.spot = {};
    row.is_spot_zero = false;
    row.lot = 0;
    if (has(Role::Lot)) {
        const auto lot = number(Role::Lot, 1'000'000 * kTenThousand);
        if (!lot) {
            return lot.error();
        }
        row.lot = *lot / kTenThousand;
    }
    if (!has(Role::Spot) || is_blank(cell(Role::Spot))) {
        return std::nullopt;
    }
    const auto spot = number(Role::Spot, kPriceMax);
    if (!spot) {
        return spot.error();
    }
    row.spot = to_paisa(*spot);
    row.is_spot_zero = row.spot.is_zero();
    return std::nullopt;
}

// A bar is represented by its close, so an open that does not fit is told of, not refused.
std::optional<Refusal> RowReader::check_bar(Row& row) const {
    row.is_open_odd = false;
    if (map_.shape != Shape::Bars || !has(Role::Open) || !has(Role::High) || !has(Role::Low)) {
        return std::nullopt;
    }
    std::array<int64_t, 4> values{};
    constexpr std::array<Role, 4> kPrices{Role::Open, Role::High, Role::Low, Role::Last};
    for (std::size_t i = 0; i < kPrices.size(); ++i) {
        const auto value = number(kPrices[i], kPriceMax);
        if (!value) {
            return value.error();
        }
        values[i] = *value;
    }
    const auto [open, high, low, close] = values;
    if (low > high || close < low || close > high) {
        return Refusal{RefusalReason::BarShape, "high " + shown(cell(Role::High)) + ", low " +
                                                    shown(cell(Role::Low)) + ", close " +
                                                    shown(cell(Role::Last))};
    }
    row.is_open_odd = open < low || open > high;
    return std::nullopt;
}

// put_strike: not zero for a put.
std::expected<RowFigures, Refusal> RowReader::figures(Role first, Price put_strike) const {
    RowFigures row;
    for (const std::size_t offset : {std::size_t{0}, kBid, kAsk}) {
        const auto role = first + offset;
        if (!has(role)) {
            continue;
        }
        const auto value = number(role, kPriceMax);
        if (!value) {
            return std::unexpected(value.error());
        }
        const auto price = Price::from_raw(*value);
        // No put is worth more than its strike.
        if (put_strike.is_positive() && price > put_strike) {
            return refuse(RefusalReason::Absurd,
                          cell_text(named(role), cell(role)) + ", above the strike of a put");
        }
        (offset == 0 ? row.last : offset == kBid ? row.bid : row.ask) = price;
    }
    for (const auto offset : {kBidSize, kAskSize, kVolume, kInterest}) {
        const auto role = first + offset;
        if (!has(role)) {
            continue;
        }
        const auto value = number(role, kCountMax);
        if (!value) {
            return std::unexpected(value.error());
        }
        (offset == kBidSize   ? row.bid_size
         : offset == kAskSize ? row.ask_size
         : offset == kVolume  ? row.volume
                              : row.open_interest) = *value;
    }
    if (row.bid.is_positive() && row.ask.is_positive() && row.bid >= row.ask) {
        return refuse(RefusalReason::Crossed,
                      cell_text(named(first + kBid), cell(first + kBid)) + ", " +
                          cell_text(named(first + kAsk), cell(first + kAsk)));
    }
    // The collectors' own opinion: what cannot be read is no reason to refuse the row.
    if (has(first + kVolatility)) {
        const auto value = number(first + kVolatility, kCountMax);
        row.is_sentinel_volatility = value && *value == map_.volatility_sentinel;
    }
    return row;
}

std::optional<Refusal> RowReader::read(std::string_view line, Row& row) {
    if (!cells_.cut(line, map_.separator)) {
        return Refusal{RefusalReason::ColumnCount, "a quoted cell without its end"};
    }
    const auto n = cells_.size();
    const auto expected = layout_.cells;
    const bool has_blank_tail = n == expected + 1 && cells_[n - 1].empty();
    if (map_.has_header ? n != expected && !has_blank_tail : n < expected) {
        return Refusal{RefusalReason::ColumnCount,
                       std::to_string(n) + " columns instead of " + std::to_string(expected)};
    }
    if (auto refusal = read_underlying(row); refusal || row.is_foreign) {
        return refusal;
    }
    if (auto refusal = read_times(row)) {
        return refusal;
    }
    if (auto refusal = read_contract(row)) {
        return refusal;
    }
    if (auto refusal = read_spot(row)) {
        return refusal;
    }
    if (auto refusal = check_bar(row)) {
        return refusal;
    }
    for (std::size_t i = 0; i < row.sides; ++i) {
        const bool is_put = row.side[i].kind == ContractKind::Put;
        const auto first = row.sides == 1 ? Role::Last : is_put ? Role::PutLast : Role::CallLast;
        row.side[i].figures = figures(first, is_put ? row.strike : Price{});
    }
    return std::nullopt;
}

}  // namespace sauda::importer
