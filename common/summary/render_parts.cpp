#include "common/summary/render_parts.h"

#include "common/summary/text_table.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"

#include <fmt/format.h>

namespace sauda::summary::parts {

namespace {

constexpr std::size_t kLabelWidth = 9;

const std::string kIndent(kLabelWidth, ' ');

std::string sentence_of(const Reason& reason) {
    return fmt::format("{} [{}]", wire::sentence(reason), wire::code_text(reason.code));
}

std::string average_points(const OrderLog::Slip& slip) {
    if (!slip.quantity.is_positive()) {
        return "unknown";
    }
    const Price points =
        Price::from_raw(base::scale_half_up(slip.amount.raw(), 1, slip.quantity.raw()));
    return fmt::format("{} points a unit ({})", wire::price(points), wire::rupees(slip.amount));
}

}  // namespace

std::string percent(int64_t per_million) {
    return wire::per_million_as_percent(base::scale_half_up(per_million, 1, 100) * 100);
}

std::string_view state_text(const SessionSummary& summary) {
    const auto state = summary.trading_state().state;
    return state == domain::TradingState::Unspecified ? "active" : wire::text_of(state);
}

std::string line(const std::string& label, const std::string& words) {
    return fmt::format("{:<{}}{}\n", label, kLabelWidth, words);
}

std::string or_unknown(const std::string& value) { return value.empty() ? "unknown" : value; }

std::string signed_rupees(base::Money amount) {
    return (amount.is_positive() ? "+" : "") + wire::rupees(amount);
}

std::string bots_table(const Figures& f) {
    TextTable table({"bot", "state", ">signals", ">intents", ">approved/reduced/denied", ">trades",
                     ">won", ">gross", ">charges", ">net", ">max drawdown", ">peak margin",
                     "last reason"});
    for (const auto& row : f.bots) {
        const auto& a = *row.activity;
        table.row({row.name, a.state, std::to_string(a.signals), std::to_string(a.intents),
                   fmt::format("{}/{}/{}", a.approved, a.reduced, a.denied),
                   std::to_string(row.trades), std::to_string(row.won), signed_rupees(row.gross),
                   wire::rupees(row.charges), signed_rupees(row.net()), wire::rupees(row.drawdown),
                   wire::rupees(a.margin_peak),
                   a.last_reason.code == ReasonCode::None
                       ? "-"
                       : std::string(wire::code_text(a.last_reason.code))});
    }
    const std::string dash = "-";
    table.row({"(doing nothing)", dash, dash, dash, dash, "0", "0", "0.00", "0.00", "0.00", dash,
               dash, "benchmark"});
    table.row({"(09:30 straddle sold until 15:10)", dash, dash, dash, dash, dash, dash, dash, dash,
               f.straddle_sale ? signed_rupees(*f.straddle_sale) : "unknown", dash, dash,
               "benchmark, one lot"});
    return "Bots\n" + table.text(kIndent);
}

std::string denied_lines(const Figures& f) {
    if (f.denied.empty()) {
        return line("Denied", "nothing");
    }
    std::string out;
    for (const auto& row : f.denied) {
        out += line(
            out.empty() ? "Denied" : "",
            fmt::format("{} x {}: {} (example: {})", row.refusal.count, wire::code_text(row.code),
                        wire::sentence(row.refusal.example), row.refusal.bot));
    }
    return out;
}

std::string orders_lines(const SessionSummary& s) {
    const auto& c = s.orders().counts();
    std::string out =
        line("Orders",
             fmt::format("sent {}, filled {}, partial {}, cancelled {}, rejected {}, stopped by "
                         "the last check {}, unknown {}, re-priced {}, slices {}",
                         c.sent, c.filled, c.partial, c.cancelled, c.rejected, c.denied, c.unknown,
                         c.repriced, c.slices));
    const auto times = s.orders().time_to_fill();
    out += line("", times ? fmt::format("time to fill {} in the middle, {} at most",
                                        wire::duration_text(times->first),
                                        wire::duration_text(times->second))
                          : "time to fill unknown: no fills");
    out += line("", fmt::format("slippage against mid {}, against touch {}",
                                average_points(s.orders().against_mid()),
                                average_points(s.orders().against_touch())));
    if (c.modelled > 0) {
        out += line("", fmt::format("{} fills against modelled sides; no market impact assumed",
                                    c.modelled));
    }
    return out;
}

std::string trades_table(const SessionSummary& s, const Figures& f) {
    if (!f.trades.empty()) {
        TextTable table({">#", "bot", "legs", "in", "out", "why out", "stop > fill", ">gross",
                         ">charges", ">net"});
        int number = 0;
        for (const auto& row : f.trades) {
            const Trade& t = *row.trade;
            const bool is_flat = t.is_flat();
            table.row({std::to_string(++number), t.bot, row.legs, wire::ist_clock(t.in),
                       is_flat ? wire::ist_clock(t.out) : "open", row.why, row.stop_to_fill,
                       is_flat ? signed_rupees(t.gross) : "open", wire::rupees(t.charges),
                       is_flat ? signed_rupees(t.net()) : "open"});
        }
        return "Trades\n" + table.text(kIndent);
    }
    if (!s.feed().holiday.empty()) {
        return line("Trades", "none, because the exchange was closed: " + s.feed().holiday);
    }
    if (f.reasons_for_nothing.empty()) {
        return line("Trades", s.bots().bots().empty() ? "none, because no bot was running"
                                                      : "none, because no bot wanted to trade");
    }
    const auto& top = f.reasons_for_nothing.front();
    return line("Trades", fmt::format("none. The most frequent reason, {} times: {}",
                                      top.refusal.count, sentence_of(top.refusal.example)));
}

}  // namespace sauda::summary::parts
