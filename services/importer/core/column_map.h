#pragma once

#include "common/base/expected.h"
#include "common/domain/contract_id.h"
#include "services/importer/core/cells.h"
#include "services/importer/core/moment_text.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::importer {

// What a column may hold. The eight from Last are there three times: of the row's own contract, of
// the call and of the put of its strike.
enum class Role : uint8_t {
    Time,       // the exchange's stamp, or the only one; alone, or behind Date
    KnownTime,  // when the collector had the row
    Date,
    Symbol,
    Instrument,  // "FUTIDX", "IDO": tells futures from options
    Expiry,
    Strike,
    Type,  // CE, PE, CALL, PUT; of a future: XX, FUT or nothing
    Spot,
    Open,
    High,
    Low,
    Lot,
    Last,
    Bid,
    Ask,
    BidSize,
    AskSize,
    Volume,
    OpenInterest,
    Volatility,  // counted where it is a sentinel, never taken over
    CallLast,
    PutLast = CallLast + 8,
    End = PutLast + 8,
};
inline constexpr std::size_t kRoles = static_cast<std::size_t>(Role::End);
// The name of a role in a map's [columns]: "call_bid_size".
std::string_view to_text(Role role);
std::optional<Role> parse_role(std::string_view text);

enum class Shape : uint8_t {
    Chain,  // snapshots: all rows of one stamp belong together
    Bars,   // open, high, low, close of a span; known at its end
    Ticks,  // single values
};
enum class CountUnit : uint8_t { Units, Lots };
enum class KnownRule : uint8_t {
    Stamp,         // when the row says, plus known_after
    BarEnd,        // the row's stamp is the bar's start
    SessionClose,  // daily figures: at the close of their day
    Evening,       // published at known_at of their day
};

// How a table of quotes is read: what its columns are called, and what their figures count.
struct ColumnMap {
    std::string name;   // "nse-full-chain"
    std::string title;  // "NSE full chain"
    Shape shape = Shape::Chain;
    std::array<std::string, kRoles> columns;  // heading of the column, or "#3"; empty: has none
    std::vector<std::string> ignored;         // columns known to be there and not read
    bool is_closed = false;                   // a column besides these is another format
    bool has_header = true;
    std::size_t skip_lines = 0;  // before the header
    char separator = ',';

    DateForm date_form = DateForm::Plain;  // of stamps and dates
    Duration offset = base::kIstOffset;    // of their wall clock from UTC
    DateForm expiry_form = DateForm::Plain;
    KnownRule known_rule = KnownRule::Stamp;
    Duration known_after;  // Stamp: how long after it a row is surely known
    Duration known_at = base::minutes(19 * 60);
    Duration length;  // of a bar; zero: measured

    CountUnit size_unit = CountUnit::Units;
    CountUnit volume_unit = CountUnit::Units;
    CountUnit interest_unit = CountUnit::Units;
    bool is_volume_of_row = false;    // traded in this row, not since the morning
    bool blank_is_absent = true;      // an empty price or count; else the row is refused
    int64_t volatility_sentinel = 0;  // 1e-4; a volatility that means "none"
    bool price_needs_volume = false;  // without volume today the price is an earlier day's: dropped
    bool keeps_closed_days = false;   // rows of days without a session are taken

    // What no column tells.
    domain::Exchange exchange = domain::Exchange::NSE;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    domain::ContractKind kind = domain::ContractKind::Unspecified;  // Spot without more
    Date expiry;
    Date date;
    std::optional<Duration> time;

    [[nodiscard]] const std::string& column(Role role) const {
        return columns[static_cast<std::size_t>(role)];
    }
    void set(Role role, std::string name_of_column) {
        columns[static_cast<std::size_t>(role)] = std::move(name_of_column);
    }
    [[nodiscard]] bool has(Role role) const { return !column(role).empty(); }
    [[nodiscard]] bool has_side(Role last) const;  // Last, CallLast or PutLast: any of the eight
    [[nodiscard]] bool has_depth() const;          // bid and ask
    [[nodiscard]] bool has_contracts() const;      // options or futures
};

inline Role operator+(Role role, std::size_t offset) {
    return static_cast<Role>(static_cast<std::size_t>(role) + offset);
}

// Where the columns of one file are.
struct Layout {
    static constexpr int kNone = -1;
    std::array<int, kRoles> at{};
    std::size_t cells = 0;            // of every row; 0: as many as the largest #number at least
    std::vector<std::string> unread;  // headings that nothing reads
};

// By name, whatever their order; then regardless of case. Invalid: which are missing, or there
// twice, or not a part of a closed format.
base::Expected<Layout> lay_out(const ColumnMap& map, const Cells& header);
// Of a map without a header.
base::Expected<Layout> lay_out(const ColumnMap& map);

// A sentence on what in the map itself does not go together; empty if it is sound.
std::string fault_of(const ColumnMap& map);

// As the sources write them: "NIFTY50", "Nifty Bank", "INDIA VIX".
std::optional<domain::Underlying> underlying_of(std::string_view symbol);

}  // namespace sauda::importer
