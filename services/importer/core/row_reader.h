#pragma once

#include "services/importer/core/column_map.h"

#include <array>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace sauda::importer {

using base::Price;

// One contract in one row. Prices as quoted (zero: absent), sizes, volume and open interest in
// 1/10,000 of what the map counts them in.
struct RowFigures {
    Price bid;
    Price ask;
    Price last;
    int64_t bid_size = 0;
    int64_t ask_size = 0;
    int64_t volume = 0;
    int64_t open_interest = 0;
    bool is_sentinel_volatility = false;
};

struct RowSide {
    domain::ContractKind kind = domain::ContractKind::Unspecified;
    std::expected<RowFigures, Refusal> figures;
};

struct Row {
    Timestamp event_time;
    Timestamp known_time;  // not set: at the close of `date`
    Date date;
    domain::Underlying underlying = domain::Underlying::Unspecified;
    bool is_relabelled = false;  // the row names another underlying than it was told to be
    bool is_foreign = false;     // a share's contract in an exchange-wide file
    Date expiry;
    Price strike;
    int64_t lot = 0;  // as the file tells it; 0: it does not
    Price spot;
    bool is_spot_zero = false;
    bool is_open_odd = false;  // a bar's open lies outside of its low and high
    std::size_t sides = 0;
    std::array<RowSide, 2> side;
};

// Reads the lines of one table by a map. Remembers the last dates, which repeat row after row.
class RowReader {
 public:
    // underlying: what the rows are of, whatever they say; Unspecified: what they say.
    RowReader(ColumnMap map, Layout layout,
              domain::Underlying underlying = domain::Underlying::Unspecified)
        : map_(std::move(map)), layout_(std::move(layout)), underlying_(underlying) {}

    // The refusal of the whole row; a refusal of one side stands in the row.
    std::optional<Refusal> read(std::string_view line, Row& row);
    [[nodiscard]] const ColumnMap& map() const { return map_; }
    [[nodiscard]] const Layout& layout() const { return layout_; }
    // Of a bar; set before the first row that counts.
    void set_length(Duration length) { map_.length = length; }

 private:
    template <class T>
    struct Remembered {
        std::string text;
        T value{};
        bool is_set = false;
    };
    std::optional<Refusal> read_times(Row& row);
    std::optional<Refusal> read_stamp(Row& row);
    std::optional<Refusal> read_underlying(Row& row);
    std::optional<Refusal> read_contract(Row& row);
    std::optional<Refusal> read_spot(Row& row);
    std::optional<Refusal> check_bar(Row& row) const;
    std::expected<RowFigures, Refusal> figures(Role first, Price put_strike) const;
    std::optional<Timestamp> moment(Role role, Remembered<Timestamp>& memory);
    std::optional<Date> date(Role role, DateForm form, Remembered<Date>& memory);
    [[nodiscard]] std::expected<int64_t, Refusal> number(Role role, int64_t max) const;
    [[nodiscard]] bool has(Role role) const { return place(role) >= 0; }
    [[nodiscard]] int place(Role role) const { return layout_.at[static_cast<std::size_t>(role)]; }
    [[nodiscard]] std::string_view cell(Role role) const {
        return cells_[static_cast<std::size_t>(place(role))];
    }
    [[nodiscard]] std::string named(Role role) const;
    [[nodiscard]] Refusal bad_date(Role role) const;

    ColumnMap map_;
    Layout layout_;
    domain::Underlying underlying_;
    Cells cells_;
    Remembered<Timestamp> event_;
    Remembered<Timestamp> known_;
    Remembered<Date> expiry_;
    Remembered<Date> date_;
    Remembered<domain::Underlying> symbol_;
};

}  // namespace sauda::importer
