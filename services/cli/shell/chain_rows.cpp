#include "services/cli/shell/chain_view.h"

#include <algorithm>
#include <array>

namespace sauda::cli {

namespace {

using options::ExpiryChain;
using options::QuoteState;

// Of one side, from the outside to the strike.
enum Column { kInterest, kChange, kVolume, kVolatility, kDelta, kLast, kBid, kAsk, kColumns };
constexpr std::array<const char*, kColumns> kHeadings{"OI",    "chg", "vol", "IV",
                                                      "delta", "LTP", "bid", "ask"};
struct Row {
    std::array<std::string, kColumns> cells;
    bool is_uncertain = false;  // the volatility is worth little
    bool is_in_the_money = false;
};

// As many decimals as the quote supports; "~" where not even whole points.
std::string volatility_text(const options::ImpliedVolatility& found, double error) {
    const double points = found.volatility * 100.0;
    const double off = error * 100.0;
    if (off >= 5.0 || points >= 999.5) {
        return "~" + fixed_text(points, 0);
    }
    return fixed_text(points, off < 0.1 ? 2 : off < 1.0 ? 1 : 0);
}

// "0.52", "-.48", "1.00", "-1.0": four characters.
std::string delta_text(double delta) {
    auto text = fixed_text(delta, 2);
    if (text.starts_with("-0.")) {
        return "-" + text.substr(2);
    }
    return text == "-1.00" ? "-1.0" : text;
}

// How much is left out so that the rows fit.
enum class Detail { Full, ShortQuantities, WholeRupees };

// In whole rupees only what costs a thousand and more.
std::string price_text(double price, Detail detail) {
    const bool is_whole = detail == Detail::WholeRupees && price >= 999.995;
    return price > 0.0 ? fixed_text(price, is_whole ? 0 : 2) : "-";
}

class SideRows {
 public:
    SideRows(const ExpiryChain& chain, bool is_call, double lot, Detail detail)
        : chain_(chain),
          side_(chain.side(is_call)),
          is_call_(is_call),
          lot_(lot),
          detail_(detail) {}

    [[nodiscard]] Row row(std::size_t i) const {
        Row made;
        made.cells.fill("-");
        if (!side_.known[i].is_set()) {
            return made;
        }
        made.cells[kInterest] = lots(side_.open_interest[i]);
        made.cells[kVolume] = lots(side_.volume[i]);
        const double change = options::interest_change(side_, i).value_or(0.0);
        made.cells[kChange] = change > 0.0 ? "+" + lots(change) : lots(change);
        made.cells[kLast] = price_text(side_.last[i], detail_);
        if (chain_.state(i, is_call_) != QuoteState::Stale) {
            made.cells[kBid] = price_text(side_.bid[i], detail_);
            made.cells[kAsk] = price_text(side_.ask[i], detail_);
        }
        add_model(i, made);
        return made;
    }

 private:
    void add_model(std::size_t i, Row& made) const {
        if (const auto found = chain_.implied(i, is_call_)) {
            const double half = 0.5 * (side_.ask[i] - side_.bid[i]);
            const double error = std::max(half / found->vega, found->error);
            made.cells[kVolatility] = volatility_text(*found, error);
            made.is_uncertain = error >= 0.01;
        }
        if (const auto greeks = chain_.greeks(i, is_call_)) {
            made.cells[kDelta] = delta_text(greeks->delta);
        }
        if (const auto& forward = chain_.forward()) {
            made.is_in_the_money = (chain_.strikes()[i] < forward->forward) == is_call_;
        }
    }
    [[nodiscard]] std::string lots(double units) const {
        const double n = units / lot_;
        return detail_ == Detail::Full ? whole_text(n) : lakh_text(n);
    }
    const ExpiryChain& chain_;
    const options::OptionColumns& side_;
    bool is_call_;
    double lot_;
    Detail detail_;
};

struct Table {
    std::vector<Row> calls;
    std::vector<Row> puts;
    std::vector<std::string> strikes;
    std::array<std::size_t, kColumns> widths{};
    std::size_t strike_width = 6;

    [[nodiscard]] std::size_t side_width() const {
        std::size_t sum = kColumns - 1;
        for (const auto width : widths) {
            sum += width;
        }
        return sum;
    }
    [[nodiscard]] std::size_t width() const { return 2 * side_width() + strike_width + 4; }
};

Table table_of(const ExpiryChain& chain, std::size_t from, std::size_t to, double lot,
               Detail detail) {
    Table table;
    const SideRows calls(chain, true, lot, detail);
    const SideRows puts(chain, false, lot, detail);
    for (std::size_t i = from; i < to; ++i) {
        table.calls.push_back(calls.row(i));
        table.puts.push_back(puts.row(i));
        table.strikes.push_back(level_text(chain.strikes()[i]));
        table.strike_width = std::max(table.strike_width, table.strikes.back().size());
    }
    for (std::size_t c = 0; c < kColumns; ++c) {
        table.widths[c] = std::string(kHeadings[c]).size();
        for (const auto* side : {&table.calls, &table.puts}) {
            for (const auto& row : *side) {
                table.widths[c] = std::max(table.widths[c], row.cells[c].size());
            }
        }
    }
    return table;
}

std::string side_text(const Table& table, const Row& row, bool is_call, const Paint& paint) {
    std::string text;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const std::size_t c = is_call ? i : kColumns - 1 - i;
        // Bid stands left of ask on both sides.
        const std::size_t swapped = c == kAsk ? std::size_t{kBid} : std::size_t{kAsk};
        const std::size_t shown = is_call || c < kBid ? c : swapped;
        auto cell = to_right(row.cells[shown], table.widths[shown]);
        if (shown == kVolatility && row.is_uncertain) {
            cell = paint.dim(cell);
        }
        text += (i == 0 ? "" : " ") + cell;
    }
    return text;
}

std::string heading_text(const Table& table, bool is_call) {
    Row row;
    for (std::size_t c = 0; c < kColumns; ++c) {
        row.cells[c] = kHeadings[c];
    }
    return side_text(table, row, is_call, Paint(false));
}

}  // namespace

std::string chain_rows(const ChainReading& reading, domain::Date expiry, int strikes,
                       const Paint& paint) {
    const auto& chain = *reading.state.find(expiry);
    const auto money = chain.at_the_money_row();
    const auto middle = money.value_or(chain.size() / 2);
    const auto reach = strikes > 0 ? static_cast<std::size_t>(strikes) : chain.size();
    const std::size_t from = middle > reach ? middle - reach : 0;
    const std::size_t to = std::min(chain.size(), middle + reach + 1);
    const double lot = lot_of(reading, expiry) > 0.0 ? lot_of(reading, expiry) : 1.0;
    auto table = table_of(chain, from, to, lot, Detail::Full);
    for (const auto detail : {Detail::ShortQuantities, Detail::WholeRupees}) {
        if (table.width() > kChainWidth) {
            table = table_of(chain, from, to, lot, detail);
        }
    }
    std::string text = paint.dim(to_middle("CALLS", table.side_width()) + "  " +
                                 to_middle("", table.strike_width) + "  " +
                                 std::string(table.side_width() / 2 - 2, ' ') + "PUTS") +
                       "\n";
    text += paint.bold(heading_text(table, true) + "  " + to_middle("strike", table.strike_width) +
                       "  " + heading_text(table, false)) +
            "\n";
    for (std::size_t i = from; i < to; ++i) {
        const bool is_money = money && *money == i;
        auto strike = to_middle(table.strikes[i - from], table.strike_width);
        strike = is_money ? ">" + strike + "<" : " " + strike + " ";
        text += side_text(table, table.calls[i - from], true, paint) + " " +
                (is_money ? paint.marked(strike) : paint.bold(strike)) + " " +
                side_text(table, table.puts[i - from], false, paint) + "\n";
    }
    if (from > 0 || to < chain.size()) {
        text += paint.dim(std::to_string(to - from) + " of " + std::to_string(chain.size()) +
                          " strikes; --strikes 0 shows all") +
                "\n";
    }
    return text;
}

}  // namespace sauda::cli
