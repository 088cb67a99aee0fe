#include "services/importer/core/column_map.h"

#include <algorithm>
#include <charconv>

namespace sauda::importer {

using base::ErrorKind;
using base::fail;
using domain::Underlying;

namespace {

constexpr std::array<std::string_view, kRoles> kNames{"time",
                                                      "known_time",
                                                      "date",
                                                      "symbol",
                                                      "instrument",
                                                      "expiry",
                                                      "strike",
                                                      "type",
                                                      "spot",
                                                      "open",
                                                      "high",
                                                      "low",
                                                      "lot",
                                                      "last",
                                                      "bid",
                                                      "ask",
                                                      "bid_size",
                                                      "ask_size",
                                                      "volume",
                                                      "open_interest",
                                                      "volatility",
                                                      "call_last",
                                                      "call_bid",
                                                      "call_ask",
                                                      "call_bid_size",
                                                      "call_ask_size",
                                                      "call_volume",
                                                      "call_open_interest",
                                                      "call_volatility",
                                                      "put_last",
                                                      "put_bid",
                                                      "put_ask",
                                                      "put_bid_size",
                                                      "put_ask_size",
                                                      "put_volume",
                                                      "put_open_interest",
                                                      "put_volatility"};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool same_but_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return upper(x) == upper(y); });
}

// "#3" is 2; nullopt: a name.
std::optional<int> numbered(std::string_view column) {
    int number = 0;
    if (column.size() < 2 || column[0] != '#') {
        return std::nullopt;
    }
    const char* last = column.data() + column.size();
    const auto [end, error] = std::from_chars(column.data() + 1, last, number);
    return error == std::errc{} && end == last && number >= 1 && number <= 1000
               ? std::optional(number - 1)
               : std::nullopt;
}

// Where a heading stands; kNone: nowhere, -2: at two places.
int place_of(std::string_view column, const Cells& header) {
    constexpr int kTwice = -2;
    if (const auto number = numbered(column)) {
        return static_cast<std::size_t>(*number) < header.size() ? *number : Layout::kNone;
    }
    for (const bool exactly : {true, false}) {
        int found = Layout::kNone;
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (exactly ? header[i] == column : same_but_case(header[i], column)) {
                found = found == Layout::kNone ? static_cast<int>(i) : kTwice;
            }
        }
        if (found != Layout::kNone) {
            return found;
        }
    }
    return Layout::kNone;
}

void join(std::string& list, std::string_view item) {
    list.append(list.empty() ? "" : ", ").append(item);
}

}  // namespace

std::string_view to_text(Role role) { return kNames.at(static_cast<std::size_t>(role)); }

std::optional<Role> parse_role(std::string_view text) {
    const auto it = std::find(kNames.begin(), kNames.end(), text);
    return it == kNames.end() ? std::nullopt
                              : std::optional(static_cast<Role>(it - kNames.begin()));
}

bool ColumnMap::has_side(Role last) const {
    const auto first = columns.begin() + static_cast<std::ptrdiff_t>(last);
    return std::any_of(first, first + 8, [](const auto& heading) { return !heading.empty(); });
}

bool ColumnMap::has_depth() const {
    return (has(Role::Bid) && has(Role::Ask)) ||
           (has(Role::CallLast + 1) && has(Role::CallLast + 2));
}

bool ColumnMap::has_contracts() const {
    return has(Role::Strike) || has(Role::Expiry) || expiry.days != 0;
}

base::Expected<Layout> lay_out(const ColumnMap& map, const Cells& header) {
    Layout layout;
    layout.cells = header.size();
    std::string missing;
    std::string twice;
    std::vector<bool> is_read(header.size());
    for (std::size_t role = 0; role < kRoles; ++role) {
        layout.at[role] = Layout::kNone;
        if (map.columns[role].empty()) {
            continue;
        }
        const int place = place_of(map.columns[role], header);
        if (place < 0) {
            join(place == Layout::kNone ? missing : twice, "'" + map.columns[role] + "'");
            continue;
        }
        layout.at[role] = place;
        is_read[static_cast<std::size_t>(place)] = true;
    }
    if (!twice.empty()) {
        return fail(ErrorKind::Invalid, "it has the column " + twice +
                                            " more than once; write \"#N\" for its place instead");
    }
    if (!missing.empty()) {
        return fail(ErrorKind::Invalid, "it lacks the column " + missing);
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
        const bool is_known =
            std::find(map.ignored.begin(), map.ignored.end(), header[i]) != map.ignored.end();
        if (!is_read[i] && !is_known && !header[i].empty()) {
            layout.unread.push_back(shown(header[i]));
        }
    }
    if (map.is_closed && !layout.unread.empty()) {
        return fail(ErrorKind::Invalid,
                    "its column '" + layout.unread.front() + "' is none of this format's");
    }
    return layout;
}

base::Expected<Layout> lay_out(const ColumnMap& map) {
    Layout layout;
    for (std::size_t role = 0; role < kRoles; ++role) {
        layout.at[role] = Layout::kNone;
        const auto& column = map.columns[role];
        if (column.empty()) {
            continue;
        }
        const auto number = numbered(column);
        if (!number) {
            return fail(ErrorKind::Invalid, "without a header the column '" + column +
                                                "' must be named by its place: \"#1\" is the "
                                                "first");
        }
        layout.at[role] = *number;
        layout.cells = std::max(layout.cells, static_cast<std::size_t>(*number) + 1);
    }
    return layout;
}

std::string fault_of(const ColumnMap& map) {
    const bool has_own = map.has_side(Role::Last);
    const bool has_pair = map.has_side(Role::CallLast) || map.has_side(Role::PutLast);
    const bool has_stamp = map.has(Role::Time) || map.has(Role::KnownTime);
    const bool is_daily =
        map.known_rule == KnownRule::SessionClose || map.known_rule == KnownRule::Evening;
    const bool has_date = map.has(Role::Date) || map.date.days != 0;
    if (!has_stamp && !(has_date && (is_daily || map.time))) {
        return "nothing tells the time of a row: [columns] needs time, known_time or date";
    }
    if (!has_own && !has_pair) {
        return "nothing tells a price: [columns] needs last, close, bid and ask, or call_ and put_";
    }
    if (has_own && has_pair) {
        return "a row holds one contract, or the call and the put of a strike, not both";
    }
    const bool has_expiry = map.has(Role::Expiry) || map.expiry.days != 0;
    if ((has_pair || map.has(Role::Strike)) && !(has_expiry && map.has(Role::Strike))) {
        return "options need the columns strike and expiry (or the one expiry of all rows)";
    }
    if (has_own && map.has(Role::Strike) && !map.has(Role::Type)) {
        return "nothing tells calls from puts: [columns] type";
    }
    if (map.has(Role::Bid) != map.has(Role::Ask)) {
        return "bid and ask come together";
    }
    if (map.shape == Shape::Bars && !map.has(Role::Last)) {
        return "bars need the column close";
    }
    return "";
}

std::optional<Underlying> underlying_of(std::string_view symbol) {
    std::string plain;
    for (const char c : symbol) {
        if (c != ' ' && c != '_' && c != '-') {
            plain += upper(c);
        }
    }
    if (const auto known = domain::parse_underlying(plain)) {
        return known;
    }
    constexpr std::array<std::pair<std::string_view, Underlying>, 8> kOthers{
        {{"NIFTY50", Underlying::NIFTY},
         {"NIFTYBANK", Underlying::BANKNIFTY},
         {"NIFTYFINSERVICE", Underlying::FINNIFTY},
         {"NIFTYFINANCIALSERVICES", Underlying::FINNIFTY},
         {"NIFTYMIDSELECT", Underlying::MIDCPNIFTY},
         {"NIFTYMIDCAPSELECT", Underlying::MIDCPNIFTY},
         {"NIFTYNEXT50", Underlying::NIFTYNXT50},
         {"VIX", Underlying::INDIAVIX}}};
    for (const auto& [name, underlying] : kOthers) {
        if (plain == name) {
            return underlying;
        }
    }
    return std::nullopt;
}

}  // namespace sauda::importer
