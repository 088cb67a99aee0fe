#pragma once

#include "common/indicators/outputs.h"
#include "common/indicators/rolling_window.h"

namespace sauda::indicators {

// Best bid and ask of one instrument. Prices in rupees, sizes in units; 0 where a side is empty.
struct BestQuote {
    double bid = 0.0;
    double bid_size = 0.0;
    double ask = 0.0;
    double ask_size = 0.0;
    SAUDA_FIELDS(bid, bid_size, ask, ask_size)
};

// Both sides are there and the bid is below the ask.
inline bool is_two_sided(const BestQuote& quote) {
    return quote.bid > 0.0 && quote.bid_size > 0.0 && quote.ask_size > 0.0 && quote.ask > quote.bid;
}

// Order-flow imbalance after Cont, Kukanov and Stoikov 2014 ("The price impact of order book
// events", eq. 3): what one quote after another added to the bid less what was added to the ask,
//     e = [bid >= bid'] bid_size - [bid <= bid'] bid_size'
//       - [ask <= ask'] ask_size + [ask >= ask'] ask_size'      (' = the quote before)
// value() is the sum of the last n e, in units; normalised() divides it by the sum of their
// absolute values, -1 to 1 (0 where nothing changed); session() is the sum since start_session().
// A quote that is not two-sided is counted in unusable() and ends the chain: the next one only
// begins a new one, as nobody knows what happened between. Between two snapshots only the net
// change is seen. First value after n quotes that had a predecessor; the window is of quotes.
class OrderFlowImbalance {
 public:
    // n: 1 to some thousands.
    explicit OrderFlowImbalance(std::size_t n) : length_(n), flow_(n), size_(n) {}

    void start_session() { *this = OrderFlowImbalance(length_); }

    void push(const BestQuote& quote) {
        if (!is_two_sided(quote)) {
            has_last_ = false;
            ++unusable_;
            return;
        }
        if (has_last_) {
            const double bid = (quote.bid >= last_.bid ? quote.bid_size : 0.0) -
                               (quote.bid <= last_.bid ? last_.bid_size : 0.0);
            const double ask = (quote.ask <= last_.ask ? quote.ask_size : 0.0) -
                               (quote.ask >= last_.ask ? last_.ask_size : 0.0);
            const double flow = bid - ask;
            flow_.push(flow);
            size_.push(flow < 0.0 ? -flow : flow);
            session_ += flow;
        }
        last_ = quote;
        has_last_ = true;
    }

    [[nodiscard]] bool is_ready() const { return flow_.is_full(); }
    // Only when ready.
    [[nodiscard]] double value() const { return flow_.sum(); }
    [[nodiscard]] double normalised() const {
        return size_.sum() > 0.0 ? flow_.sum() / size_.sum() : 0.0;
    }
    [[nodiscard]] double session() const { return session_; }
    [[nodiscard]] uint64_t unusable() const { return unusable_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        visit("flow", when(is_ready(), [&] { return value(); }));
        visit("normalised", when(is_ready(), [&] { return normalised(); }));
        visit("session", when(flow_.count() > 0, [&] { return session_; }));
    }

    SAUDA_FIELDS(length_, flow_, size_, last_, has_last_, session_, unusable_)

 private:
    std::size_t length_;
    RollingWindow flow_;
    RollingWindow size_;
    BestQuote last_;
    bool has_last_ = false;
    double session_ = 0.0;
    uint64_t unusable_ = 0;
};

}  // namespace sauda::indicators
