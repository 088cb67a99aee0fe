#include "services/ml_signal/core/feature_list.h"

#include "common/base/hash.h"

namespace sauda::ml_signal {

namespace {

constexpr std::array<FeatureDefinition, kModelFeatures> kDefinitions{{
    {"move_1", "momentum", "(C / C[1] - 1) / v", "forward", "the move of the last minute"},
    {"move_5", "momentum", "(C / C[5] - 1) / (v sqrt 5)", "forward",
     "the move of the last 5 minutes"},
    {"move_15", "momentum", "(C / C[15] - 1) / (v sqrt 15)", "forward",
     "the move of the last 15 minutes"},
    {"move_30", "momentum", "(C / C[30] - 1) / (v sqrt 30)", "forward",
     "the move of the last 30 minutes"},
    {"from_sma_20", "average", "(C - SMA 20) / ATR 14", "forward",
     "the distance from the 20-minute average"},
    {"from_sma_60", "average", "(C - SMA 60) / ATR 14", "forward",
     "the distance from the 60-minute average"},
    {"ema_spread", "average", "(EMA 9 - EMA 21) / ATR 14", "forward",
     "the fast average against the slow one"},
    {"rsi", "average", "RSI 14", "forward", "the relative strength index"},
    {"from_open", "range", "(C / first open - 1) / (v sqrt bars)", "forward",
     "the distance from the day's open"},
    {"from_high", "range", "(C - day's high) / ATR 14", "forward",
     "the distance from the day's high"},
    {"from_low", "range", "(C - day's low) / ATR 14", "forward", "the distance from the day's low"},
    {"day_position", "range", "(C - low) / (high - low) of the day", "forward",
     "the place in the day's range"},
    {"realised_10", "volatility", "realised volatility of 10 bars, a year", "forward",
     "the volatility of the last 10 minutes"},
    {"realised_60", "volatility", "realised volatility of 60 bars, a year", "forward",
     "the volatility of the last hour"},
    {"realised_state", "volatility", "realised 10 / realised 60", "forward",
     "whether the market heats up or cools down"},
    {"true_range", "volatility", "ATR 14 / C x 10,000", "forward", "the range of a minute"},
    {"atm_iv", "premium", "(IV call + IV put) / 2 at K", "options", "the at-the-money volatility"},
    {"atm_iv_change", "premium", "atm_iv - atm_iv[15]", "options",
     "how volatility changed in 15 minutes"},
    {"iv_spread", "premium", "IV call - IV put at K", "options",
     "how much dearer calls are than puts"},
    {"iv_over_realised", "premium", "atm_iv / realised 60 (10 while unknown)", "options, forward",
     "priced against realised volatility"},
    {"skew", "premium", "(IV put at F - d - IV call at F + d) / atm_iv", "options",
     "how much dearer protection is than hope"},
    {"skew_change", "premium", "skew - skew[15]", "options", "how the skew changed in 15 minutes"},
    {"call_premium", "premium", "call at K / F x 100", "options", "the price of the call"},
    {"put_premium", "premium", "put at K / F x 100", "options", "the price of the put"},
    {"straddle_move_5", "premium", "straddle at K / straddle at K [5] - 1", "options",
     "the straddle's move in 5 minutes"},
    {"straddle_move_15", "premium", "straddle at K / straddle at K [15] - 1", "options",
     "the straddle's move in 15 minutes"},
    {"pcr_interest", "interest", "OI of puts / OI of calls, strikes near F", "options",
     "put-call ratio of open interest"},
    {"pcr_interest_change", "interest", "pcr_interest - pcr_interest[15]", "options",
     "how the put-call ratio changed in 15 minutes"},
    {"long_build_up", "interest", "share of |OI - OI[15]| with price up, OI up: of calls - of puts",
     "options", "new longs in calls against puts"},
    {"short_build_up", "interest",
     "share of |OI - OI[15]| with price down, OI up: of calls - of puts", "options",
     "new shorts in calls against puts"},
    {"long_unwinding", "interest",
     "share of |OI - OI[15]| with price down, OI down: of calls - of puts", "options",
     "longs leaving calls against puts"},
    {"short_covering", "interest",
     "share of |OI - OI[15]| with price up, OI down: of calls - of puts", "options",
     "shorts covering calls against puts"},
    {"pcr_volume", "volume", "(puts - calls) / (puts + calls) of 15 bars, strikes near F",
     "options", "puts traded against calls"},
    {"volume_state", "volume", "options traded a bar, last 5 bars / the day so far", "options",
     "how busy the options are"},
    {"minute_of_day", "time", "minutes since midnight in India at the bar's end", "clock",
     "the time of day"},
    {"minutes_to_close", "time", "minutes from the bar's end to the close", "session",
     "the time to the close"},
    {"session_phase", "time", "0 before 9:45, 1 to 11:30, 2 to 13:30, 3 after, 4 the last hour",
     "clock, session", "the phase of the session"},
    {"days_to_expiry", "time", "days of 24 hours to the settlement", "instrument",
     "the time to expiry"},
    {"is_expiry_day", "time", "1 on the day of the expiry, else 0", "instrument",
     "whether it is expiry day"},
}};

}  // namespace

const std::array<FeatureDefinition, kModelFeatures>& feature_definitions() { return kDefinitions; }

uint64_t feature_list_hash() {
    base::Hash64 hash;
    for (const auto& feature : kDefinitions) {
        hash.add_bytes(feature.name);
        hash.add_bytes(feature.group);
        hash.add_bytes(feature.formula);
        hash.add_bytes(feature.inputs);
    }
    return hash.value();
}

}  // namespace sauda::ml_signal
