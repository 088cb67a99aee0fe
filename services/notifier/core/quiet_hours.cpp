#include "services/notifier/core/notifier_config.h"

namespace sauda::notifier {

std::optional<domain::Timestamp> quiet_until(const std::optional<QuietHours>& quiet,
                                             domain::Timestamp t) {
    if (!quiet) {
        return std::nullopt;
    }
    const auto date = base::ist_date(t);
    const auto now = base::ist_time_of_day(t);
    const bool is_over_midnight = quiet->from > quiet->until;
    const bool is_quiet = is_over_midnight ? now >= quiet->from || now < quiet->until
                                           : now >= quiet->from && now < quiet->until;
    if (!is_quiet) {
        return std::nullopt;
    }
    const bool ends_tomorrow = is_over_midnight && now >= quiet->from;
    return base::ist(ends_tomorrow ? domain::Date{date.days + 1} : date, quiet->until);
}

}  // namespace sauda::notifier
