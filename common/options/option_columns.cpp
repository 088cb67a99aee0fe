#include "common/options/option_columns.h"

namespace sauda::options {

namespace {

template <class Columns, class Act>
void for_each_column(Columns& columns, Act act) {
    act(columns.bid);
    act(columns.ask);
    act(columns.last);
    act(columns.volume);
    act(columns.open_interest);
    act(columns.first_last);
    act(columns.first_open_interest);
    act(columns.known);
}

}  // namespace

void OptionColumns::insert(std::size_t at) {
    for_each_column(*this, [at](auto& column) {
        using Value = typename std::remove_reference_t<decltype(column)>::value_type;
        column.insert(column.begin() + static_cast<std::ptrdiff_t>(at), Value{});
    });
}

void OptionColumns::resize(std::size_t rows) {
    for_each_column(*this, [rows](auto& column) { column.resize(rows); });
}

bool OptionColumns::update(std::size_t row, const OptionTick& tick, base::Timestamp when) {
    const bool is_first = !known[row].is_set();
    const bool has_moved =
        tick.bid < bid[row] || tick.bid > bid[row] || tick.ask < ask[row] || tick.ask > ask[row];
    bid[row] = tick.bid;
    ask[row] = tick.ask;
    last[row] = tick.last;
    volume[row] = tick.volume;
    open_interest[row] = tick.open_interest;
    known[row] = when;
    if (!(first_last[row] > 0.0)) {
        first_last[row] = tick.last;
    }
    if (is_first) {
        first_open_interest[row] = tick.open_interest;
    }
    return has_moved || is_first;
}

}  // namespace sauda::options
