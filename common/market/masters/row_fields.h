#pragma once

#include "common/market/masters/master_builder.h"

namespace sauda::masters {

enum class DateForm : uint8_t {
    DayMonthYear,
    Iso,
    DashedDayMonthYear
};  // 28OCT2025, ..., 28-Oct-2025
// nullopt also outside 2001 to 2079, which a contract cannot hold or nobody lists.
std::optional<domain::Date> parse_master_date(std::string_view text, DateForm form);

// Decimals of a price in rupees or in paise, for base::parse_decimal into 1/10,000 rupee.
inline constexpr int kRupees = 4;
inline constexpr int kPaise = 2;

// The fields of one row, each checked; the first bad one refuses the row, once. Values read after
// that are empty.
class RowFields {
 public:
    RowFields(MasterBuilder& builder, int64_t row) : builder_(builder), row_(row) {}

    domain::Date expiry(const char* field, std::string_view text, DateForm form);
    domain::Price strike(const char* field, std::string_view text, int decimals);
    domain::ContractKind right(const char* field, std::string_view text);  // CE or PE
    domain::Quantity lot(const char* field, std::string_view text);
    std::optional<domain::Price> tick(const char* field, std::string_view text, int decimals);
    // nullopt for empty and 0, which sources write where they do not know.
    std::optional<domain::Quantity> freeze(const char* field, std::string_view text);
    std::string token(const char* field, std::string_view text);
    std::string symbol(const char* field, std::string_view text);
    void refuse(RowReason reason, const char* field, std::string text);

    [[nodiscard]] bool ok() const { return is_ok_; }

 private:
    void refuse_value(RowReason reason, const char* field, std::string_view text,
                      const char* expected);

    MasterBuilder& builder_;
    int64_t row_;
    bool is_ok_ = true;
};

}  // namespace sauda::masters
