#include "services/lab/core/trade_record.h"

namespace sauda::lab {

Money net_with_slippage(const TradeRecord& trade, int64_t ticks, int64_t per_mille) {
    Money lost;
    for (const auto& leg : trade.legs) {
        const bool is_out_filled = leg.out.is_positive() && !leg.is_settled;
        lost += leg.tick * leg.quantity * (ticks * (is_out_filled ? 2 : 1));
        lost += (leg.in * leg.quantity).scaled(per_mille, 1'000);
        if (is_out_filled) {
            lost += (leg.out * leg.quantity).scaled(per_mille, 1'000);
        }
    }
    return trade.net() - lost;
}

}  // namespace sauda::lab
