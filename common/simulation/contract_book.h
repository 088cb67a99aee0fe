#pragma once

#include "common/base/rng.h"
#include "common/domain/market_rules.h"
#include "common/simulation/liquidity.h"
#include "common/simulation/vol_surface.h"

#include <vector>

namespace sauda::simulation {

// Where the market of one index stands at one moment.
struct Moment {
    domain::Timestamp time;
    double spot = 0.0;
    double at = 0.0;    // share of the day that has passed
    double heat = 1.0;  // volatility over its mean: wider sides, more volume
    bool is_first = false;
};

// Every option and future of one index with the quote its market maker shows. The makers of an
// expiry share one forward, which follows the index at the expiry's own beat; a maker looks again
// when that has moved his fair price by a good third of his half spread, or when his time is up.
class ContractBook {
 public:
    struct Terms {
        domain::Underlying underlying = domain::Underlying::Unspecified;
        domain::Date date;
        double volatility = 0.0;    // long-term, a year
        int64_t strikes_aside = 0;  // of the nearest expiry alone; 0: everything
        double step_seconds = 0.5;
        double day_seconds = 22'500.0;
        double width = 1.0;     // of the sides, against NIFTY's
        double activity = 1.0;  // volume and open interest, against NIFTY's
    };

    static base::Expected<ContractBook> open(const domain::MarketRules& rules, const Terms& terms,
                                             double spot, base::Rng rng);

    // One step further. Appends the quotes that changed; all of them at the first moment.
    void update(const Moment& now, std::vector<domain::Quote>& out);
    // The futures' prices of the opening auction: traded once, no sides.
    void append_auction(domain::Timestamp time, double spot, std::vector<domain::Quote>& out) const;
    // Every quote as it stands, stamped `time`: what a poller sees.
    void append_all(domain::Timestamp time, std::vector<domain::Quote>& out) const;

    // At the money 30 days ahead: what the volatility index shows, per cent.
    [[nodiscard]] double volatility_index() const;
    [[nodiscard]] std::size_t size() const { return options_.size() + futures_.size(); }
    [[nodiscard]] const std::vector<ListedExpiry>& listed() const { return listed_; }

 private:
    struct Expiry {
        domain::Timestamp expires_at;
        Liquidity liquidity = Liquidity::NearWeekly;
        double forward = 0.0;
        double basis = 0.0;  // points, wanders
        int64_t beat = 1;    // steps between two of its forwards: its makers move together
        VolSurface::Slice slice;
    };
    struct Option {
        uint32_t expiry = 0;
        bool is_call = false;
        double strike = 0.0;
        double fair = 0.0;
        double delta = 0.0;
        double forward = 0.0;  // at which fair was taken
        double half = 0.0;     // of the spread
        double spread_factor = 1.0;
        double volume_left = 0.0;  // lots that are due but not whole yet
        int64_t look_at = 0;       // step of the next look
        int64_t looked_at = 0;
        domain::Quote quote;
    };
    struct Future {
        uint32_t expiry = 0;
        double volume_left = 0.0;
        domain::Quote quote;
    };
    ContractBook(const Terms& terms, base::Rng rng)
        : terms_(terms), rng_(rng), surface_(terms.volatility) {}

    base::Expected<void> list(const domain::MarketRules& rules, double spot);
    void list_options(const ListedExpiry& listed, uint32_t expiry, double spot);
    void move_expiries(const Moment& now);
    void look(Option& option, const Moment& now);
    void price(Option& option) const;
    void stand(Option& option, const Usual& typical, const Moment& now);
    void trade(Option& option, const Usual& typical, const Moment& now);
    void quote_future(Future& future, const Moment& now);
    [[nodiscard]] domain::Price on_tick(double points) const;
    [[nodiscard]] double scattered(double deviation);  // log-normal, median 1

    Terms terms_;
    base::Rng rng_;
    VolSurface surface_;
    int64_t lot_ = 1;
    domain::Price tick_;
    domain::Price future_tick_;
    int64_t step_ = 0;
    std::vector<ListedExpiry> listed_;
    std::vector<Expiry> expiries_;
    std::vector<Option> options_;
    std::vector<Future> futures_;
};

}  // namespace sauda::simulation
