#pragma once

#include "common/options/strike_quotes.h"

#include <cmath>
#include <functional>
#include <vector>

namespace sauda::test {

// Quotes of one expiry made with libm's Black formula from one volatility or a smile; strikes 50
// apart, a spread around the model's price.
class FlatChain {
 public:
    using Volatility = std::function<double(double strike)>;

    FlatChain(double forward, Volatility volatility, double days, double low, double high,
              double spread = 0.10)
        : forward_(forward), years_(days / 365.0), discount_(std::exp(-0.06 * days / 365.0)) {
        for (double strike = low; strike <= high; strike += 50.0) {
            const double call = price(strike, volatility(strike), true);
            const double put = price(strike, volatility(strike), false);
            const double half = 0.5 * spread;
            strikes_.push_back({strike, call - half, call + half, put - half, put + half});
        }
    }
    FlatChain(double forward, double volatility, double days, double low, double high,
              double spread = 0.10)
        : FlatChain(
              forward, [volatility](double) { return volatility; }, days, low, high, spread) {}

    [[nodiscard]] options::ExpiryQuotes quotes() const {
        return {forward_, discount_, years_, 0.05, strikes_};
    }
    options::StrikeQuotes& at(double strike) {
        for (auto& quotes : strikes_) {
            if (quotes.strike == strike) {
                return quotes;
            }
        }
        return strikes_.front();
    }
    std::vector<options::StrikeQuotes>& strikes() { return strikes_; }
    [[nodiscard]] double price(double strike, double volatility, bool is_call) const {
        const double s = volatility * std::sqrt(years_);
        const double d1 = std::log(forward_ / strike) / s + 0.5 * s;
        const auto normal = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
        const double sign = is_call ? 1.0 : -1.0;
        return discount_ * sign * (forward_ * normal(sign * d1) - strike * normal(sign * (d1 - s)));
    }

 private:
    double forward_;
    double years_;
    double discount_;
    std::vector<options::StrikeQuotes> strikes_;
};

}  // namespace sauda::test
