#include "services/lab/shell/run_tables.h"

#include "common/wire/format.h"

#include <algorithm>

namespace sauda::lab {

namespace {

std::string cell(const std::string& value) {
    if (value.find_first_of(",\"\n") == std::string::npos) {
        return value;
    }
    std::string quoted = "\"";
    for (const char c : value) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string price_text(Price price) {
    return price.is_zero() ? "" : plain_rupees(Money::from_raw(price.raw()));
}

std::string time_text(Timestamp t) {
    return t.is_set() ? domain::to_text(base::ist_date(t)) + " " + wire::ist_clock_ms(t) : "";
}

std::string legs_text(const TradeRecord& trade) {
    std::string text;
    for (const auto& leg : trade.legs) {
        text += (text.empty() ? "" : "; ") + std::string(wire::text_of(leg.side)) + " " +
                std::to_string(leg.quantity.raw()) + " " + domain::to_text(leg.contract) + " " +
                price_text(leg.in) + " > " + (leg.out.is_zero() ? "open" : price_text(leg.out));
    }
    return text;
}

}  // namespace

std::string plain_rupees(Money money) {
    std::string text = wire::rupees(money);
    std::erase(text, ',');
    return text;
}

std::string trades_table(const BacktestFold& fold) {
    std::string out =
        "group,bot,account,date,in,out,why_in,why_out,legs,level_in,level_out,stop_price,"
        "exit_price,gross,charges,net,margin,mae,mfe,days_to_expiry,modelled_fills\n";
    for (const auto& t : fold.trades()) {
        out += std::to_string(t.group) + "," + cell(t.bot) + "," + cell(t.account) + "," +
               domain::to_text(t.date) + "," + time_text(t.in) + "," + time_text(t.out) + "," +
               cell(t.why_in) + "," + cell(t.why_out) + "," + cell(legs_text(t)) + "," +
               price_text(t.underlying_in) + "," + price_text(t.underlying_out) + "," +
               (t.stop_price ? price_text(*t.stop_price) : "") + "," +
               (t.stop_price && t.exit_price ? price_text(*t.exit_price) : "") + "," +
               plain_rupees(t.gross) + "," + plain_rupees(t.charges) + "," + plain_rupees(t.net()) +
               "," + plain_rupees(t.margin) + "," + plain_rupees(t.worst) + "," +
               plain_rupees(t.best) + "," +
               (t.days_to_expiry < 0 ? "" : std::to_string(t.days_to_expiry)) + "," +
               std::to_string(t.modelled_fills) + "\n";
    }
    return out;
}

std::string days_table(const BacktestFold& fold) {
    std::string out =
        "date,recording,start,end,net,gross,charges,drawdown,margin_peak,trades,fills,open,high,"
        "low,close,straddle_sale,quotes,refused,stale_periods,stale_seconds\n";
    for (const auto& d : fold.days()) {
        out += domain::to_text(d.date) + "," + cell(d.recording) + "," + plain_rupees(d.start) +
               "," + plain_rupees(d.end) + "," + plain_rupees(d.net()) + "," +
               plain_rupees(d.gross) + "," + plain_rupees(d.charges) + "," +
               plain_rupees(d.drawdown) + "," + plain_rupees(d.margin_peak) + "," +
               std::to_string(d.closed) + "," + std::to_string(d.fills) + "," + price_text(d.open) +
               "," + price_text(d.high) + "," + price_text(d.low) + "," + price_text(d.close) +
               "," + (d.straddle_sale ? plain_rupees(*d.straddle_sale) : "") + "," +
               std::to_string(d.quotes) + "," + std::to_string(d.refused) + "," +
               std::to_string(d.stale_periods) + "," + std::to_string(d.stale.ns / 1'000'000'000) +
               "\n";
    }
    return out;
}

TableFile::TableFile(std::string path, const std::string& heading)
    : path_(std::move(path)), file_(std::fopen(path_.c_str(), "wb")) {
    line(heading);
}

void TableFile::line(const std::string& text) {
    has_failed_ = has_failed_ || !file_ ||
                  std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size();
}

base::Expected<void> TableFile::close() {
    if (file_) {
        has_failed_ = std::fclose(file_.release()) != 0 || has_failed_;
    }
    if (has_failed_) {
        return base::fail(base::ErrorKind::Unavailable,
                          "cannot write " + path_ + ": is the disk full, or the folder another's?");
    }
    return {};
}

std::string ledger_heading() {
    return "id,time,kind,account,bot,group,contract,child,side,quantity,price,amount,brokerage,stt,"
           "exchange,sebi,stamp,gst,other,modelled\n";
}

std::string ledger_line(const domain::LedgerEntry& e, Timestamp at) {
    const auto& c = e.charges;
    std::string out =
        std::to_string(e.id) + "," + time_text(at) + "," + std::string(wire::text_of(e.kind)) +
        "," + cell(e.account) + "," + cell(e.bot) + "," + std::to_string(e.group) + "," +
        (e.contract.is_set() ? domain::to_text(e.contract) : "") + "," +
        (e.child.group != 0 ? domain::to_text(e.child) : "") + "," +
        (e.side == domain::Side::Unspecified ? "" : std::string(wire::text_of(e.side))) + "," +
        std::to_string(e.quantity.raw()) + "," + plain_rupees(Money::from_raw(e.price.raw())) +
        "," + plain_rupees(e.amount);
    for (const Money part : {c.brokerage, c.stt, c.exchange, c.sebi, c.stamp, c.gst, c.other}) {
        out += "," + plain_rupees(part);
    }
    return out + (e.modelled ? ",yes\n" : ",no\n");
}

std::string minute_heading() { return "time,level,equity,margin,open_trades\n"; }

std::string minute_line(const MinutePoint& p) {
    return time_text(p.at) + "," + price_text(p.level) + "," + plain_rupees(p.equity) + "," +
           plain_rupees(p.margin) + "," + std::to_string(p.open_trades) + "\n";
}

}  // namespace sauda::lab
