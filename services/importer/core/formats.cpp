#include "services/importer/core/formats.h"

#include <algorithm>

namespace sauda::importer {

using base::ErrorKind;
using base::Expected;
using base::fail;
using domain::Underlying;

namespace {

constexpr Role kCall = Role::CallLast;
constexpr Role kPut = Role::PutLast;

ColumnMap full_chain() {
    ColumnMap map;
    map.name = "nse-full-chain";
    map.title = "NSE full chain";
    map.set(Role::Time, "Fetch_Time");
    map.set(Role::KnownTime, "collection_timestamp");
    map.set(Role::Symbol, "Symbol");
    map.set(Role::Expiry, "Expiry_Date");
    map.set(Role::Strike, "Strike_Price");
    for (const auto& [side, first] : {std::pair{"CALLS_", kCall}, std::pair{"PUTS_", kPut}}) {
        const std::string prefix = side;
        map.set(first, prefix + "LTP");
        map.set(first + 1, prefix + "Bid_Price");
        map.set(first + 2, prefix + "Ask_Price");
        map.set(first + 3, prefix + "Bid_Qty");
        map.set(first + 4, prefix + "Ask_Qty");
        map.set(first + 5, prefix + "Volume");
        map.set(first + 6, prefix + "OI");
        map.set(first + 7, prefix + "IV");
        map.ignored.push_back(prefix + "Chng_in_OI");
        map.ignored.push_back(prefix + "Net_Chng");
    }
    map.volume_unit = CountUnit::Lots;
    map.interest_unit = CountUnit::Lots;
    map.blank_is_absent = false;
    map.keeps_closed_days = true;
    return map;
}

// Stamped with the minute, known when that minute is over.
ColumnMap minute_chain() {
    ColumnMap map;
    map.name = "minute-chain";
    map.title = "one-minute chain";
    map.set(Role::Time, "timestamp");
    map.set(Role::Symbol, "symbol");
    map.set(Role::Expiry, "expiry");
    map.set(Role::Strike, "strike");
    map.set(Role::Type, "option_type");
    map.set(Role::Spot, "spot");
    map.set(Role::Last, "ltp");
    map.set(Role::Volume, "volume");
    map.set(Role::OpenInterest, "oi");
    map.set(Role::Volatility, "iv");
    map.volatility_sentinel = kTenThousand / 10;
    map.ignored = {"open",  "high",  "low",   "close", "oi_chg",
                   "delta", "gamma", "theta", "vega",  "rho"};
    map.volume_unit = CountUnit::Lots;
    map.interest_unit = CountUnit::Lots;
    map.known_after = base::minutes(1);
    map.price_needs_volume = true;
    return map;
}

ColumnMap five_minute_chain() {
    ColumnMap map;
    map.name = "five-minute-chain";
    map.title = "five-minute chain";
    map.set(Role::KnownTime, "timestamp");
    map.set(Role::Symbol, "Symbol");
    map.set(Role::Expiry, "Expiry");
    map.set(Role::Strike, "Strike");
    map.set(Role::Spot, "Spot");
    for (const auto& [side, first] : {std::pair{"CE_", kCall}, std::pair{"PE_", kPut}}) {
        map.set(first, std::string(side) + "LTP");
        map.set(first + 5, std::string(side) + "Volume");
        map.set(first + 6, std::string(side) + "OI");
    }
    map.ignored = {"%Change", "Max_Pain"};
    map.price_needs_volume = true;
    return map;
}

ColumnMap bars(std::string name, std::string title) {
    ColumnMap map;
    map.name = std::move(name);
    map.title = std::move(title);
    map.shape = Shape::Bars;
    map.set(Role::Open, "Open");
    map.set(Role::High, "High");
    map.set(Role::Low, "Low");
    map.set(Role::Last, "Close");
    map.is_closed = true;
    map.blank_is_absent = false;
    map.known_rule = KnownRule::BarEnd;
    return map;
}

ColumnMap index_bars() {
    auto map = bars("index-bars", "index bars (Instrument, Date, Time, OHLC)");
    map.set(Role::Symbol, "Instrument");
    map.set(Role::Date, "Date");
    map.set(Role::Time, "Time");
    return map;
}

ColumnMap epoch_bars() {
    auto map = bars("epoch-bars", "index bars with epoch seconds (Time, OHLC)");
    map.set(Role::Time, "Time");
    map.date_form = DateForm::EpochSeconds;
    map.offset = {};
    return map;
}

ColumnMap daily_bars() {
    auto map = bars("daily-bars", "daily index bars (Date, OHLC)");
    map.set(Role::Date, "Date");
    map.known_rule = KnownRule::SessionClose;
    return map;
}

// A value is the index at some instant of its second, so it is known when the second is over.
ColumnMap second_values() {
    ColumnMap map;
    map.name = "second-values";
    map.title = "one-second index values (time, value, no header)";
    map.shape = Shape::Ticks;
    map.has_header = false;
    map.blank_is_absent = false;
    map.set(Role::Time, "#1");
    map.set(Role::Last, "#2");
    map.known_after = base::seconds(1);
    return map;
}

ColumnMap bhavcopy(std::string name, std::string title) {
    ColumnMap map;
    map.name = std::move(name);
    map.title = std::move(title);
    map.volume_unit = CountUnit::Lots;
    map.known_rule = KnownRule::Evening;
    map.price_needs_volume = true;
    return map;
}

ColumnMap udiff_bhavcopy() {
    auto map = bhavcopy("udiff-bhavcopy", "NSE F&O bhavcopy, UDiFF");
    map.set(Role::Date, "TradDt");
    map.set(Role::Instrument, "FinInstrmTp");
    map.set(Role::Symbol, "TckrSymb");
    map.set(Role::Expiry, "XpryDt");
    map.set(Role::Strike, "StrkPric");
    map.set(Role::Type, "OptnTp");
    map.set(Role::Last, "LastPric");
    map.set(Role::Spot, "UndrlygPric");
    map.set(Role::Volume, "TtlTradgVol");
    map.set(Role::OpenInterest, "OpnIntrst");
    map.set(Role::Lot, "NewBrdLotQty");
    map.ignored = {"BizDt",
                   "Sgmt",
                   "Src",
                   "FinInstrmId",
                   "ISIN",
                   "SctySrs",
                   "FininstrmActlXpryDt",
                   "FinInstrmNm",
                   "OpnPric",
                   "HghPric",
                   "LwPric",
                   "ClsPric",
                   "PrvsClsgPric",
                   "SttlmPric",
                   "ChngInOpnIntrst",
                   "TtlTrfVal",
                   "TtlNbOfTxsExctd",
                   "SsnId",
                   "Rmks",
                   "Rsvd1",
                   "Rsvd2",
                   "Rsvd3",
                   "Rsvd4"};
    return map;
}

ColumnMap old_bhavcopy() {
    auto map = bhavcopy("old-bhavcopy", "NSE F&O bhavcopy, the format before UDiFF");
    map.set(Role::Date, "TIMESTAMP");
    map.set(Role::Instrument, "INSTRUMENT");
    map.set(Role::Symbol, "SYMBOL");
    map.set(Role::Expiry, "EXPIRY_DT");
    map.set(Role::Strike, "STRIKE_PR");
    map.set(Role::Type, "OPTION_TYP");
    map.set(Role::Last, "CLOSE");
    map.set(Role::Volume, "CONTRACTS");
    map.set(Role::OpenInterest, "OPEN_INT");
    map.ignored = {"OPEN", "HIGH", "LOW", "SETTLE_PR", "VAL_INLAKH", "CHG_IN_OI"};
    return map;
}

std::ptrdiff_t mapped_columns(const ColumnMap& map) {
    return std::count_if(map.columns.begin(), map.columns.end(),
                         [](const auto& name) { return !name.empty(); });
}

// "2022-09-01 09:00:01,17759.3"
bool is_second_value(std::string_view line) {
    Cells cells;
    return cells.cut(line, ',') && cells.size() == 2 &&
           read_moment(cells[0], DateForm::Plain, base::kIstOffset) &&
           number_of(cells[1], "", kPriceMax);
}

const ColumnMap* best_of(std::string_view line, char separator, Layout& layout) {
    Cells header;
    const ColumnMap* best = nullptr;
    if (!header.cut(line, separator)) {
        return best;
    }
    for (const auto& map : known_formats()) {
        if (!map.has_header || (best != nullptr && mapped_columns(map) < mapped_columns(*best))) {
            continue;
        }
        if (auto found = lay_out(map, header)) {
            best = &map;
            layout = std::move(*found);
        }
    }
    return best;
}

std::string separator_fault(std::string_view line) {
    for (const auto& [separator, name] :
         {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}, std::pair{'|', "bars ('|')"}}) {
        Layout layout;
        if (const auto* map = best_of(line, separator, layout)) {
            return "its columns are separated by " + std::string(name) + ". As " + map->title +
                   " they must be separated by commas; or describe the file in a column map "
                   "(--map) with its separator";
        }
    }
    return "";
}

// The format that has the most of its columns here.
std::string nearest(std::string_view line) {
    Cells header;
    const ColumnMap* best = nullptr;
    std::ptrdiff_t most = 0;
    if (!header.cut(line, ',')) {
        return "";
    }
    for (const auto& map : known_formats()) {
        std::ptrdiff_t found = 0;
        for (std::size_t i = 0; i < header.size(); ++i) {
            const auto is_here = [&](const auto& name) { return name == header[i]; };
            found += std::any_of(map.columns.begin(), map.columns.end(), is_here) ||
                             std::any_of(map.ignored.begin(), map.ignored.end(), is_here)
                         ? 1
                         : 0;
        }
        found -= std::max<std::ptrdiff_t>(std::ssize(map.ignored) + mapped_columns(map) - found, 0);
        if (map.has_header && (best == nullptr || found > most)) {
            most = found;
            best = &map;
        }
    }
    const auto all = std::ssize(best->ignored) + mapped_columns(*best);
    if (most + all < 4) {
        return "";  // not two columns in common
    }
    return "The nearest is " + best->title + ": " + lay_out(*best, header).error().text + ". ";
}

std::string all_formats() {
    std::string text;
    for (const auto& map : known_formats()) {
        text += (text.empty() ? "" : "; ") + map.title;
        if (map.shape == Shape::Chain) {
            std::string columns;
            for (const auto& column : map.columns) {
                columns += (columns.empty() || column.empty() ? "" : ",") + column;
            }
            text += " (" + columns + ")";
        }
    }
    return text;
}

}  // namespace

const std::vector<ColumnMap>& known_formats() {
    static const std::vector<ColumnMap> kFormats{
        full_chain(), minute_chain(),  five_minute_chain(), index_bars(),  epoch_bars(),
        daily_bars(), second_values(), udiff_bhavcopy(),    old_bhavcopy()};
    return kFormats;
}

std::string text_fault(std::string_view& first_line) {
    if (first_line.starts_with("\xEF\xBB\xBF")) {
        first_line.remove_prefix(3);
    }
    if (first_line.starts_with("\xFF\xFE") || first_line.starts_with("\xFE\xFF")) {
        return "it is UTF-16 text; save it as UTF-8";
    }
    if (first_line.starts_with("PK\x03\x04")) {
        return "it is a zip archive; take the CSV out of it first";
    }
    if (first_line.starts_with("\x89MCAP0")) {
        return "it is a recording already: `sauda inspect` shows it, `sauda replay` plays it";
    }
    if (first_line.find('\0') != std::string_view::npos) {
        return "it is not text: its first line has zero bytes (UTF-16 without a mark, or binary)";
    }
    return "";
}

Expected<DetectedFormat> apply_map(const ColumnMap& map, std::string_view header_line) {
    auto layout = lay_out(map);
    if (map.has_header) {
        Cells header;
        if (!header.cut(header_line, map.separator)) {
            return fail(ErrorKind::Invalid, "its header has an opening quote without its end");
        }
        layout = lay_out(map, header);
    }
    if (!layout) {
        return fail(layout.error().kind,
                    layout.error().text +
                        (map.has_header ? ". Its header: " + shown(header_line, 200) : ""));
    }
    return DetectedFormat{map, std::move(*layout)};
}

Expected<DetectedFormat> detect_format(std::string_view first_line) {
    Layout layout;
    if (const auto* map = best_of(first_line, ',', layout)) {
        return DetectedFormat{*map, std::move(layout)};
    }
    if (is_second_value(first_line)) {
        const auto& formats = known_formats();
        const auto found = std::find_if(formats.begin(), formats.end(),
                                        [](const auto& map) { return !map.has_header; });
        return apply_map(*found, "");
    }
    std::string text = separator_fault(first_line);
    if (text.empty()) {
        text = "its first line is that of no format known here. " + nearest(first_line) +
               "Known are: " + all_formats() +
               ". Anything else is read by a column map (--map, docs/how-to-import.md)";
    }
    return fail(ErrorKind::Invalid, text + ". Its first line: " + shown(first_line, 200));
}

Underlying underlying_in_name(std::string_view file_name) {
    std::vector<std::string> words(1);
    for (const char c : file_name.substr(0, file_name.find('.'))) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (is_letter || (c >= '0' && c <= '9')) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    Underlying found = Underlying::Unspecified;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto here = underlying_of(words[i]);
        if (i + 1 < words.size()) {
            if (const auto both = underlying_of(words[i] + words[i + 1])) {
                here = both;
                ++i;
            }
        }
        if (here && found != Underlying::Unspecified && *here != found) {
            return Underlying::Unspecified;
        }
        found = here.value_or(found);
    }
    return found;
}

}  // namespace sauda::importer
