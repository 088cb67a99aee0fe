#include "services/instruments/shell/text.h"

#include <array>

namespace sauda::instruments {

using namespace domain;

std::string grouped(int64_t number) {
    const bool is_negative = number < 0;
    std::string digits = std::to_string(is_negative ? -number : number);
    std::string out;
    std::size_t group = 3;  // the last three, then by two: lakh and crore
    while (digits.size() > group) {
        out.insert(0, "," + digits.substr(digits.size() - group));
        digits.resize(digits.size() - group);
        group = 2;
    }
    return (is_negative ? "-" : "") + digits + out;
}

std::string price_text(Price price) {
    std::string text = grouped(price.raw() / 10'000);
    if (const int64_t rest = price.raw() % 10'000; rest != 0) {
        auto fraction = std::to_string(10'000 + rest).substr(1);
        while (fraction.back() == '0') {
            fraction.pop_back();
        }
        text += "." + fraction;
    }
    return text;
}

std::string date_text(Date date) {
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto civil = base::civil_of(date);
    return std::string(kDays[static_cast<std::size_t>(base::weekday_of(date))]) +
           (civil.day < 10 ? " 0" : " ") + std::to_string(civil.day) + "-" +
           kMonths[static_cast<std::size_t>(civil.month - 1)] + "-" + std::to_string(civil.year);
}

std::string human_name(ContractId id) {
    const std::string name(to_text(id.underlying()));
    switch (id.kind()) {
        case ContractKind::Spot:
            return name + " spot index";
        case ContractKind::Future:
            return name + " future, " + date_text(id.expiry());
        case ContractKind::Synthetic:
            return name + " forward, " + date_text(id.expiry());
        case ContractKind::Call:
        case ContractKind::Put:
            return name + " " + price_text(id.strike()) +
                   (id.kind() == ContractKind::Call ? " call, " : " put, ") +
                   date_text(id.expiry());
        case ContractKind::Unspecified:
            break;
    }
    return domain::to_text(id);
}

std::string counted(int64_t n, const std::string& word) {
    return grouped(n) + " " + word + (n == 1 ? "" : "s");
}

std::string days_until(Date date, Date today) {
    const int days = date.days - today.days;
    if (days < 0) {
        return "expired " + counted(-days, "day") + " ago";
    }
    return days == 0 ? "today" : days == 1 ? "tomorrow" : "in " + counted(days, "day");
}

}  // namespace sauda::instruments
