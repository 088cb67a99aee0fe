#include "services/execution/core/paper_venue/paper_venue.h"

#include "tests/unit/services/execution/fixture.h"

namespace sauda::execution::test {

namespace {

// A venue with its board and the loop a user of it writes.
class Exchange {
 public:
    explicit Exchange(Duration interval = milliseconds(250), bool has_depth = true,
                      PaperVenueConfig config = {})
        : board(config.modelled_half_spread), venue(config) {
        domain::SourceInfo source;
        source.underlying = domain::Underlying::NIFTY;
        source.interval = interval;
        source.has_depth = has_depth;
        board.observe(source);
    }
    void quote_at(Timestamp when, const domain::Quote& q) {
        Quantity before;
        venue.observe(board.observe(q, when, before), before);
        settle(when);
    }
    void send(Side side, double limit, int64_t quantity, Timestamp when) {
        venue.sent(
            {{1, 0, next_slice_++, 0, false}, call(24550), side, rupees(limit), units(quantity)},
            when);
    }
    void cancel(uint16_t slice, Timestamp when) {
        venue.cancel_requested({1, 0, slice, 0, false}, when);
    }
    void settle(Timestamp now) {
        while (const auto report = venue.next_report(board, now)) {
            reports.push_back(*report);
            switch (report->kind) {
                case VenueReportKind::Accepted:
                    venue.accepted(report->child, board);
                    break;
                case VenueReportKind::Fill:
                    venue.filled(report->child, report->quantity, report->price, board);
                    break;
                default:
                    venue.closed(report->child);
                    break;
            }
        }
    }
    std::vector<VenueReport> of(VenueReportKind kind) const {
        auto found = reports;
        std::erase_if(found, [&](const VenueReport& report) { return report.kind != kind; });
        return found;
    }
    std::vector<VenueReport> fills() const { return of(VenueReportKind::Fill); }

    QuoteBoard board;
    PaperVenue venue;
    std::vector<VenueReport> reports;

 private:
    uint16_t next_slice_ = 0;
};

domain::Quote plain(double bid, double ask, int64_t size = 1000, double last = 0,
                    int64_t volume = 0) {
    domain::Quote q = quote(call(24550), bid, ask, size);
    q.last = last > 0 ? rupees(last) : q.last;
    q.volume = units(volume);
    return q;
}

const Timestamp kStart = at(10, 0);

}  // namespace

TEST_CASE("in a stream an order fills on the first quote known at its arrival or later") {
    Exchange exchange;
    exchange.quote_at(kStart, plain(99.9, 100));
    exchange.send(Side::Buy, 101, 75, kStart);
    REQUIRE(exchange.venue.next_due() == kStart + milliseconds(100));
    exchange.quote_at(kStart + milliseconds(99), plain(99.9, 100));
    REQUIRE(exchange.reports.empty());
    exchange.quote_at(kStart + milliseconds(100), plain(99.8, 99.95));
    REQUIRE(exchange.fills().size() == 1);
    REQUIRE(exchange.fills()[0].price == rupees(99.95));
    REQUIRE_FALSE(exchange.fills()[0].modelled);
    REQUIRE(exchange.venue.is_empty());
}

TEST_CASE("against snapshots an order fills at arrival if the last one is young enough") {
    Exchange exchange(seconds(65));
    exchange.quote_at(kStart, plain(99.9, 100));
    exchange.send(Side::Sell, 99, 75, kStart + seconds(64));
    exchange.settle(kStart + seconds(64) + milliseconds(100));
    REQUIRE(exchange.fills().size() == 1);
    REQUIRE(exchange.fills()[0].price == rupees(99.9));
    exchange.send(Side::Sell, 99, 75, kStart + seconds(65));
    exchange.settle(kStart + seconds(66));
    REQUIRE(exchange.fills().size() == 1);  // too old: waits
    exchange.quote_at(kStart + seconds(70), plain(99.7, 99.8));
    REQUIRE(exchange.fills().size() == 2);
    REQUIRE(exchange.fills()[1].price == rupees(99.7));
}

TEST_CASE("the size shown is shared and consumed until the next quote") {
    Exchange exchange;
    exchange.quote_at(kStart, plain(99.9, 100));
    exchange.send(Side::Buy, 101, 75, kStart);
    exchange.send(Side::Buy, 101, 75, kStart);
    exchange.quote_at(kStart + seconds(1), plain(99.9, 100, 100));
    REQUIRE(exchange.fills().size() == 2);
    REQUIRE(exchange.fills()[0].quantity == units(75));
    REQUIRE(exchange.fills()[1].quantity == units(25));
    exchange.settle(kStart + seconds(2));
    REQUIRE(exchange.fills().size() == 2);
    exchange.quote_at(kStart + seconds(3), plain(99.9, 100.5, 100));
    REQUIRE(exchange.fills().size() == 3);
    REQUIRE(exchange.fills()[2].quantity == units(50));
    REQUIRE(exchange.fills()[2].execution == "PG1.0.1.0-2");
}

TEST_CASE("a resting order fills when the other side crosses it, never worse than its limit") {
    Exchange exchange;
    exchange.quote_at(kStart, plain(99.9, 100));
    exchange.send(Side::Buy, 99.95, 75, kStart);
    exchange.quote_at(kStart + seconds(1), plain(99.9, 100));
    REQUIRE(exchange.fills().empty());
    exchange.quote_at(kStart + seconds(2), plain(99.7, 99.8));
    REQUIRE(exchange.fills().size() == 1);
    REQUIRE(exchange.fills()[0].price == rupees(99.8));
}

TEST_CASE("a resting order fills after the volume at its price exceeds the size ahead") {
    Exchange exchange;
    exchange.quote_at(kStart, plain(99.9, 100, 500, 99.95, 1000));
    exchange.send(Side::Buy, 99.9, 75, kStart);
    exchange.settle(kStart + milliseconds(100));
    exchange.quote_at(kStart + seconds(1), plain(99.9, 100, 500, 99.9, 1500));
    REQUIRE(exchange.fills().empty());  // 500 traded, 500 were ahead
    exchange.quote_at(kStart + seconds(2), plain(99.9, 100, 500, 100, 1600));
    REQUIRE(exchange.fills().empty());  // at another price
    exchange.quote_at(kStart + seconds(3), plain(99.9, 100, 500, 99.9, 1650));
    REQUIRE(exchange.fills().size() == 1);
    REQUIRE(exchange.fills()[0].quantity == units(50));
    REQUIRE(exchange.fills()[0].price == rupees(99.9));
    exchange.quote_at(kStart + seconds(4), plain(99.9, 100, 500, 99.9, 1700));
    REQUIRE(exchange.fills().size() == 2);
    REQUIRE(exchange.fills()[1].quantity == units(25));
    REQUIRE(exchange.venue.is_empty());
}

TEST_CASE("a cancel arrives after the latency and a fill may come first") {
    Exchange exchange;
    exchange.quote_at(kStart, plain(99.9, 100));
    exchange.send(Side::Buy, 99, 75, kStart);
    exchange.send(Side::Buy, 99, 75, kStart);
    exchange.settle(kStart + seconds(1));
    exchange.cancel(0, kStart + seconds(2));
    exchange.cancel(1, kStart + seconds(2));
    exchange.quote_at(kStart + seconds(2) + milliseconds(50), plain(98.5, 98.9, 75));
    REQUIRE(exchange.fills().size() == 1);
    exchange.settle(kStart + seconds(2) + milliseconds(99));
    REQUIRE(exchange.of(VenueReportKind::Cancelled).empty());
    // A quote after the cancel arrived is too late for the other one.
    exchange.quote_at(kStart + seconds(3), plain(98.5, 98.9));
    REQUIRE(exchange.fills().size() == 1);
    REQUIRE(exchange.of(VenueReportKind::Cancelled).size() == 1);
    REQUIRE(exchange.venue.is_empty());
}

TEST_CASE("without bid and ask fills are modelled around the last price, and refused if strict") {
    domain::Quote bare;
    bare.contract = call(24550);
    bare.last = rupees(100);
    bare.flags = domain::kQuoteNoDepth;
    Exchange exchange(milliseconds(250), false);
    exchange.quote_at(kStart, bare);
    exchange.send(Side::Buy, 102, 75, kStart);
    exchange.send(Side::Sell, 98, 75, kStart);
    exchange.quote_at(kStart + seconds(1), bare);
    REQUIRE(exchange.fills().size() == 2);
    REQUIRE(exchange.fills()[0].price == rupees(100.5));
    REQUIRE(exchange.fills()[1].price == rupees(99.5));
    REQUIRE(exchange.fills()[0].modelled);

    PaperVenueConfig strict;
    strict.strict = true;
    Exchange refusing(milliseconds(250), false, strict);
    refusing.quote_at(kStart, bare);
    refusing.send(Side::Buy, 102, 75, kStart);
    refusing.quote_at(kStart + seconds(1), bare);
    REQUIRE(refusing.fills().empty());
    REQUIRE(refusing.of(VenueReportKind::Rejected).size() == 1);
}

TEST_CASE("a core whose source has no depth marks its fills and its ledger as modelled") {
    Desktop desk(default_config(), milliseconds(250), false);
    desk.open_session();
    domain::Quote bare;
    bare.contract = call(24550);
    bare.last = rupees(100);
    desk.quotes(at(9, 20), {bare});
    const uint64_t id =
        desk.decide(desk.approval({leg(call(24550), Side::Buy, 75, 101)}), at(9, 20));
    desk.quotes(at(9, 20, 1), {bare});
    REQUIRE(desk.group(id).state == GroupState::Open);
    REQUIRE(desk.ledger(domain::LedgerKind::Fill)[0].modelled);
    REQUIRE(desk.orders(OrderEventKind::Fill)[0].modelled);
}

}  // namespace sauda::execution::test
