#pragma once

#include "common/options/black76.h"
#include "common/options/implied_volatility.h"
#include "common/options/option_columns.h"
#include "common/options/parity_forward.h"
#include "common/options/smile.h"

#include <optional>
#include <span>
#include <vector>

namespace sauda::options {

// Whether an option's quote can be used, as of the last refresh.
enum class QuoteState : unsigned char {
    None = 0,      // never quoted, or nobody on either side
    OneSided = 1,  // a bid or an ask only
    Crossed = 2,   // bid above ask
    Stale = 3,     // not quoted for longer than a quote lives
    TwoSided = 4,
};

// What a refresh needs to know beside the quotes.
struct RefreshInput {
    base::Timestamp as_of;
    double minutes = 0.0;            // to the settlement; not above zero: settled or unknown
    double rate = 0.0;               // a year, continuous
    double tick = 0.05;              // rupees
    base::Duration quote_life;       // zero: a quote lives until the next
    const Smile* earlier = nullptr;  // of the expiry before, for calendar arbitrage
    bool fits_smile = true;
};

// The volatility of one strike: of its option out of the money, else of the other one.
struct StrikeVolatility {
    double volatility = 0.0;  // per sqrt(year)
    double error = 0.0;       // half the spread, or a tick if that is more, as volatility
    bool from_call = false;
};

// Greeks of the calls at the volatility of their strikes, one row a strike, NaN where unknown.
// Those of the puts: the same gamma and vega, delta less the discount. Units as in OptionGreeks.
struct GreekColumns {
    std::vector<double> price;
    std::vector<double> delta;
    std::vector<double> gamma;
    std::vector<double> vega;
    std::vector<double> theta;
    SAUDA_FIELDS(price, delta, gamma, vega, theta)
};

// One expiry of an option chain: the last quotes as columns, strikes ascending, and what follows
// from them. update() is O(1) and allocates nothing once every strike has been seen. refresh()
// computes forward, volatilities, Greeks and smile anew where their inputs changed; what it did not
// have the inputs for is none, never zero. A value: equal inputs give equal bits.
class ExpiryChain {
 public:
    // A handle of the strike that stays valid when others come; the same for the same strike.
    uint32_t add_strike(double strike);
    // True if a refresh would see something new.
    bool update(uint32_t handle, bool is_call, const OptionTick& tick, base::Timestamp known);
    void refresh(const RefreshInput& input);

    // Rows are strikes in ascending order.
    [[nodiscard]] std::size_t size() const { return strikes_.size(); }
    [[nodiscard]] std::span<const double> strikes() const { return strikes_; }
    [[nodiscard]] const OptionColumns& side(bool is_call) const { return is_call ? calls_ : puts_; }
    [[nodiscard]] std::optional<std::size_t> row_of(double strike) const;

    // As of the last refresh.
    [[nodiscard]] base::Timestamp as_of() const { return as_of_; }
    [[nodiscard]] double years() const { return years_; }  // > 0 where a forward is known
    [[nodiscard]] double minutes() const { return minutes_; }
    [[nodiscard]] double discount() const { return discount_; }
    [[nodiscard]] const std::optional<ParityForward>& forward() const { return forward_; }
    [[nodiscard]] const std::optional<Smile>& smile() const { return smile_; }
    [[nodiscard]] std::optional<std::size_t> at_the_money_row() const;
    // Mid of the call and the put at the money together, rupees.
    [[nodiscard]] std::optional<double> straddle() const;
    // At the forward: between the strikes around it, else of the smile, else of the nearest strike.
    [[nodiscard]] std::optional<double> at_the_money_volatility() const;
    [[nodiscard]] QuoteState state(std::size_t row, bool is_call) const;
    [[nodiscard]] std::optional<StrikeVolatility> volatility(std::size_t row) const;
    // Of one option alone; solved when asked for.
    [[nodiscard]] std::expected<ImpliedVolatility, NoVolatility> implied(std::size_t row,
                                                                         bool is_call) const;
    // All of them, at the volatility of the strike.
    [[nodiscard]] std::optional<OptionGreeks> greeks(std::size_t row, bool is_call) const;
    [[nodiscard]] const GreekColumns& call_greeks() const { return greeks_; }
    // nullopt: no forward.
    [[nodiscard]] std::optional<ExpiryTerms> terms() const;
    // One a strike, NaN where unknown.
    [[nodiscard]] std::span<const double> volatilities() const { return volatility_; }
    // Two-sided fresh quotes, others zero; forward zero: unknown.
    [[nodiscard]] ExpiryQuotes quotes() const;

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("strikes, rows, calls, puts", strikes_, rows_, calls_, puts_);
        archive.fields("as_of, minutes, years, discount, rate, tick, forward, smile", as_of_,
                       minutes_, years_, discount_, rate_, tick_, forward_, smile_);
        archive.fields("volatility, error, from_call, states, greeks", volatility_, error_,
                       from_call_, states_, greeks_);
        if constexpr (requires { archive.ok(); }) {
            finish_reading();
        }
        for (auto& q : usable_) {
            archive.fields("strike, call_bid, call_ask, put_bid, put_ask", q.strike, q.call_bid,
                           q.call_ask, q.put_bid, q.put_ask);
        }
    }

 private:
    void insert_row(std::size_t at, double strike);
    [[nodiscard]] bool is_sound() const;
    void finish_reading();
    bool take_quotes(const RefreshInput& input);
    bool take_forward(const RefreshInput& input);
    void forget();
    bool solve(bool is_all_new);
    void solve_row(std::size_t row);
    void price_rows();
    void fit(const RefreshInput& input);

    std::vector<double> strikes_;
    std::vector<uint32_t> rows_;  // by handle
    OptionColumns calls_;
    OptionColumns puts_;

    base::Timestamp as_of_;
    double minutes_ = 0.0;
    double years_ = 0.0;
    double discount_ = 1.0;
    double rate_ = 0.0;
    double tick_ = 0.05;
    std::optional<ParityForward> forward_;
    std::optional<Smile> smile_;
    std::vector<StrikeQuotes> usable_;  // what the last refresh could use
    std::vector<double> volatility_;
    std::vector<double> error_;
    std::vector<unsigned char> from_call_;
    std::vector<unsigned char> states_;  // of the call x 8 + of the put
    GreekColumns greeks_;
    std::vector<unsigned char> changed_;    // scratch: rows with other quotes than before
    std::vector<unsigned char> all_calls_;  // ones
    std::vector<SmilePoint> points_;        // scratch
};

}  // namespace sauda::options
