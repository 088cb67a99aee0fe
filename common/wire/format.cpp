#include "common/wire/format.h"

#include <array>

namespace sauda::wire {

namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

uint64_t magnitude(int64_t n) {
    return n < 0 ? 0 - static_cast<uint64_t>(n) : static_cast<uint64_t>(n);
}

// 1234567 -> "12,34,567": the last three digits, then pairs.
std::string group(uint64_t n) {
    const std::string digits = std::to_string(n);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const std::size_t left = digits.size() - i;
        if (i > 0 && (left == 3 || (left > 3 && left % 2 == 1))) {
            text += ',';
        }
        text += digits[i];
    }
    return text;
}

std::string padded(uint64_t n, std::size_t width) {
    const std::string digits = std::to_string(n);
    return digits.size() >= width ? digits : std::string(width - digits.size(), '0') + digits;
}

// value / 10^decimals without trailing zeros: (81, 1) -> "8.1".
std::string trimmed(uint64_t value, uint64_t scale, std::size_t decimals) {
    std::string text = group(value / scale);
    std::string fraction = padded(value % scale, decimals);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? text : text + "." + fraction;
}

// Half away from zero to the paisa, for display.
std::string two_decimals(int64_t raw) {
    const uint64_t paise = (magnitude(raw) + 50) / 100;
    const std::string text = group(paise / 100) + "." + padded(paise % 100, 2);
    return raw < 0 && paise != 0 ? "-" + text : text;
}

uint64_t ns_of_day(base::Timestamp t) { return static_cast<uint64_t>(base::ist_time_of_day(t).ns); }

}  // namespace

std::string rupees(base::Money amount) { return two_decimals(amount.raw()); }

std::string short_rupees(base::Money amount) {
    constexpr uint64_t kLakh = 100'000ULL * 10'000;
    constexpr uint64_t kCrore = 100 * kLakh;
    const uint64_t raw = magnitude(amount.raw());
    const std::string sign = amount.is_negative() ? "-" : "";
    if (raw >= kCrore) {
        return sign + trimmed((raw + kCrore / 200) / (kCrore / 100), 100, 2) + " crore";
    }
    if (raw >= kLakh) {
        const uint64_t hundredths = (raw + kLakh / 200) / (kLakh / 100);
        return sign + (hundredths >= 10'000 ? "1 crore" : trimmed(hundredths, 100, 2) + " lakh");
    }
    const std::string full = rupees(amount);
    return full.ends_with(".00") ? full.substr(0, full.size() - 3) : full;
}

std::string price(base::Price price) { return two_decimals(price.raw()); }

std::string grouped(int64_t number) { return (number < 0 ? "-" : "") + group(magnitude(number)); }

std::string quantity(base::Quantity units) { return grouped(units.raw()); }

std::string lots_and_units(base::Quantity units, base::Quantity lot) {
    if (!lot.is_positive() || units.raw() % lot.raw() != 0) {
        return quantity(units) + (magnitude(units.raw()) == 1 ? " unit" : " units");
    }
    const int64_t lots = units.raw() / lot.raw();
    return grouped(lots) + (magnitude(lots) == 1 ? " lot (" : " lots (") + quantity(units) + ")";
}

std::string ist_clock(base::Timestamp t) {
    if (!t.is_set() || t > base::Timestamp::max() - base::kIstOffset) {
        return "--:--:--";
    }
    const uint64_t s = ns_of_day(t) / kNsPerSecond;
    return padded(s / 3600, 2) + ":" + padded(s / 60 % 60, 2) + ":" + padded(s % 60, 2);
}

std::string ist_clock_ms(base::Timestamp t) {
    const std::string clock = ist_clock(t);
    return clock.front() == '-' ? clock : clock + "." + padded(ns_of_day(t) / 1'000'000 % 1000, 3);
}

std::string ist_date_text(base::Date date) {
    static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                           "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto civil = base::civil_of(date);
    std::string text(kDays[static_cast<std::size_t>(base::weekday_of(date))]);
    text += " " + padded(static_cast<uint64_t>(civil.day), 2) + "-";
    text += kMonths[static_cast<std::size_t>(civil.month - 1)];
    return text + "-" + std::to_string(civil.year);
}

std::string duration_text(base::Duration d) {
    const uint64_t ns = magnitude(d.ns);
    const std::string sign = d.ns < 0 ? "-" : "";
    if (ns == 0) {
        return "0s";
    }
    if (ns < 1'000) {
        return sign + std::to_string(ns) + "ns";
    }
    if (ns < 1'000'000) {
        return sign + std::to_string(ns / 1'000) + "us";
    }
    if (ns < kNsPerSecond) {
        return sign + std::to_string(ns / 1'000'000) + "ms";
    }
    const uint64_t s = ns / kNsPerSecond;
    if (s < 60) {
        return sign + trimmed(ns / 1'000'000, 1000, 3) + "s";
    }
    if (s < 3600) {
        return sign + std::to_string(s / 60) + "m" + padded(s % 60, 2) + "s";
    }
    return sign + std::to_string(s / 3600) + "h" + padded(s / 60 % 60, 2) + "m" +
           padded(s % 60, 2) + "s";
}

std::string per_million_as_percent(int64_t ratio) {
    return (ratio < 0 ? "-" : "") + trimmed(magnitude(ratio), 10'000, 4) + " %";
}

std::string number_text(const domain::Number& number) {
    const int64_t n = number.value;
    switch (number.unit) {
        case domain::Unit::Count:
            return grouped(n);
        case domain::Unit::Rupees:
            return rupees(base::Money::from_raw(n));
        case domain::Unit::Units:
            return grouped(n);
        case domain::Unit::Seconds: {
            int64_t ns = 0;
            return __builtin_mul_overflow(n, kNsPerSecond, &ns) ? grouped(n) + "s"
                                                                : duration_text({ns});
        }
        case domain::Unit::PerMillion:
            return per_million_as_percent(n);
        case domain::Unit::Time:
            return ist_clock({n});
        case domain::Unit::Contract:
            return to_text(domain::ContractId::from_raw(static_cast<uint64_t>(n)));
        case domain::Unit::Date:
            return n >= 0 && n < 1'000'000 ? ist_date_text({static_cast<int32_t>(n)}) : grouped(n);
        case domain::Unit::Lots:
            return grouped(n) + (magnitude(n) == 1 ? " lot" : " lots");
        case domain::Unit::PricePoints:
            return price(base::Price::from_raw(n));
    }
    return grouped(n);
}

}  // namespace sauda::wire
