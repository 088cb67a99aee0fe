#pragma once

#include "common/options/strike_quotes.h"

#include <string_view>
#include <vector>

namespace sauda::options {

// What is wrong with raw quotes: trades that pay at bid and ask without risk.
enum class QuoteArbitrage : unsigned char {
    CallButterfly = 1,  // the call of the middle strike is dear against its two neighbours
    PutButterfly = 2,
    CallVertical = 3,  // a call with a higher strike costs more, or less by more than the strikes
    PutVertical = 4,
    Calendar = 5,  // total variance at the same moneyness is lower in the later expiry
};
std::string_view to_text(QuoteArbitrage kind);

struct QuoteViolation {
    QuoteArbitrage kind = QuoteArbitrage::CallButterfly;
    double strike = 0.0;  // the dear one: middle of a butterfly, near strike of a calendar
    double amount = 0.0;  // rupees per unit it pays; for Calendar the gap in total variance
};

// Appends the butterflies and verticals of neighbouring two-sided strikes. Spreads are paid in
// full, so what is found could be traded.
void find_quote_violations(const ExpiryQuotes& quotes, std::vector<QuoteViolation>& out);

// Appends the strikes of `near` whose bid is worth more total variance than the ask of `far` at the
// same log(strike / forward), linear between its strikes. Out-of-the-money options.
void find_calendar_violations(const ExpiryQuotes& near, const ExpiryQuotes& far,
                              std::vector<QuoteViolation>& out);

}  // namespace sauda::options
