#include "common/summary/figures.h"
#include "common/wire/format.h"

namespace sauda::summary {

namespace {

std::string cell(std::string value, bool is_number = false) {
    if (is_number) {
        std::erase(value, ',');
        return value;
    }
    if (value.find_first_of(",\"\n") == std::string::npos) {
        return value;
    }
    std::string quoted = "\"";
    for (const char c : value) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

}  // namespace

std::string trades_csv(const SessionSummary& summary) {
    std::string out =
        "number,date,group,bot,account,legs,in,out,why_out,stop_price,fill_price,gross,charges,"
        "net\n";
    const Figures f = figures_of(summary);
    int number = 0;
    for (const auto& row : f.trades) {
        const Trade& t = *row.trade;
        const auto stop = t.stop_price();
        const auto fill = t.exit_price();
        const bool is_flat = t.is_flat();
        out += std::to_string(++number) + "," + domain::to_text(summary.date()) + "," +
               std::to_string(t.group) + "," + cell(t.bot) + "," + cell(t.account) + "," +
               cell(row.legs) + "," + wire::ist_clock_ms(t.in) + "," +
               (is_flat ? wire::ist_clock_ms(t.out) : "") + "," + cell(row.why) + "," +
               (stop ? cell(wire::price(*stop), true) : "") + "," +
               (fill ? cell(wire::price(*fill), true) : "") + "," +
               (is_flat ? cell(wire::rupees(t.gross), true) : "") + "," +
               cell(wire::rupees(t.charges), true) + "," +
               (is_flat ? cell(wire::rupees(t.net()), true) : "") + "\n";
    }
    return out;
}

}  // namespace sauda::summary
