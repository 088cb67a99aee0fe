#pragma once

#include "common/domain/message.h"

#include <string>
#include <string_view>

namespace sauda::wire {

// Time stamps outside of these years are absurd.
inline constexpr base::Timestamp kTimeMin{631'152'000'000'000'000};    // 1990-01-01 UTC
inline constexpr base::Timestamp kTimeMax{4'102'444'800'000'000'000};  // 2100-01-01 UTC
inline constexpr base::Date kDateMin{7305};                            // 1990-01-01
inline constexpr base::Date kDateMax{47482};                           // 2100-01-01
inline constexpr int64_t kPriceRawMax = 10'000'000LL * 10'000;

// Holds the fields of one message against its rules and keeps the first that is broken, as
// "legs[1].quantity: 0 is not above zero". Field names are literals or live as long as the check.
class Checker {
 public:
    [[nodiscard]] bool is_clean() const { return rule_.empty(); }
    [[nodiscard]] std::string_view rule() const { return rule_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const std::string& what() const { return what_; }

    void require(bool holds, std::string_view field, std::string_view rule, std::string_view what);
    void contract(std::string_view field, domain::ContractId id);
    void contract_or_none(std::string_view field, domain::ContractId id);
    void of_underlying(domain::ContractId id, domain::Underlying underlying);
    void time(std::string_view field, base::Timestamp t);
    void time_or_none(std::string_view field, base::Timestamp t);
    void date(std::string_view field, base::Date d);
    void date_or_none(std::string_view field, base::Date d);
    void price(std::string_view field, base::Price p);  // zero = none
    void above_zero(std::string_view field, base::Quantity q);
    void not_negative(std::string_view field, base::Quantity q);
    void not_negative(std::string_view field, base::Money m);
    void not_negative(std::string_view field, base::Duration d);
    void above_zero(std::string_view field, base::Duration d);
    void between(std::string_view field, int64_t n, int64_t low, int64_t high);
    void text(std::string_view field, std::string_view value);  // not empty
    void id(std::string_view field, uint64_t number);           // not zero
    template <class Enum>
    void set(std::string_view field, Enum value) {
        require(value != Enum{}, field, "not set", "it is not set");
    }
    // A message within this one, or row `index` of a list.
    void nested(std::string_view field, const Checker& inner);
    void row(std::string_view field, std::size_t index, const Checker& inner);

 private:
    void refuse(std::string_view field, std::string_view rule, std::string what);
    std::string_view rule_;
    std::string path_;
    std::string what_;
};

}  // namespace sauda::wire
