#include "common/wire/checker.h"

#include "common/wire/format.h"

namespace sauda::wire {

void Checker::refuse(std::string_view field, std::string_view rule, std::string what) {
    if (is_clean()) {
        rule_ = rule;
        path_ = field;
        what_ = std::move(what);
    }
}

void Checker::require(bool holds, std::string_view field, std::string_view rule,
                      std::string_view what) {
    if (!holds) [[unlikely]] {
        refuse(field, rule, std::string(what));
    }
}

void Checker::contract(std::string_view field, domain::ContractId id) {
    if (!id.is_valid()) [[unlikely]] {
        refuse(field, "contract invalid",
               id.is_set() ? base::to_hex(id.raw()) + " is no contract" : "it is not set");
    }
}

void Checker::contract_or_none(std::string_view field, domain::ContractId id) {
    if (id.is_set()) {
        contract(field, id);
    }
}

void Checker::of_underlying(domain::ContractId id, domain::Underlying underlying) {
    if (id.underlying() != underlying) [[unlikely]] {
        refuse("contract", "underlying differs",
               to_text(id) + " is not of " + std::string(to_text(underlying)));
    }
}

void Checker::time(std::string_view field, base::Timestamp t) {
    if (t < kTimeMin || t >= kTimeMax) [[unlikely]] {
        refuse(field, "time absurd",
               t.is_set() ? std::to_string(t.ns) + " ns is not between 1990 and 2100"
                          : "it is not set");
    }
}

void Checker::time_or_none(std::string_view field, base::Timestamp t) {
    if (t.is_set()) {
        time(field, t);
    }
}

void Checker::date(std::string_view field, base::Date d) {
    if (d < kDateMin || d >= kDateMax) [[unlikely]] {
        refuse(field, "date absurd",
               d.days != 0 ? "day " + std::to_string(d.days) + " is not between 1990 and 2100"
                           : "it is not set");
    }
}

void Checker::date_or_none(std::string_view field, base::Date d) {
    if (d.days != 0) {
        date(field, d);
    }
}

void Checker::price(std::string_view field, base::Price p) {
    if (p.is_negative()) [[unlikely]] {
        refuse(field, "price absurd", wire::price(p) + " is negative");
    } else if (p.raw() > kPriceRawMax) [[unlikely]] {
        refuse(field, "price absurd", wire::price(p) + " is above 1,00,00,000");
    }
}

void Checker::above_zero(std::string_view field, base::Quantity q) {
    if (!q.is_positive()) [[unlikely]] {
        refuse(field, "quantity not above zero", quantity(q) + " is not above zero");
    }
}

void Checker::not_negative(std::string_view field, base::Quantity q) {
    if (q.is_negative()) [[unlikely]] {
        refuse(field, "size negative", quantity(q) + " is negative");
    }
}

void Checker::not_negative(std::string_view field, base::Money m) {
    if (m.is_negative()) [[unlikely]] {
        refuse(field, "amount negative", rupees(m) + " is negative");
    }
}

void Checker::not_negative(std::string_view field, base::Duration d) {
    if (d.ns < 0) [[unlikely]] {
        refuse(field, "duration negative", duration_text(d) + " is negative");
    }
}

void Checker::above_zero(std::string_view field, base::Duration d) {
    if (d.ns <= 0) [[unlikely]] {
        refuse(field, "duration not above zero", duration_text(d) + " is not above zero");
    }
}

void Checker::between(std::string_view field, int64_t n, int64_t low, int64_t high) {
    if (n < low || n > high) [[unlikely]] {
        refuse(field, "number out of range",
               std::to_string(n) + " is not between " + std::to_string(low) + " and " +
                   std::to_string(high));
    }
}

void Checker::text(std::string_view field, std::string_view value) {
    require(!value.empty(), field, "not set", "it is empty");
}

void Checker::id(std::string_view field, uint64_t number) {
    require(number != 0, field, "not set", "it is not set");
}

void Checker::nested(std::string_view field, const Checker& inner) {
    if (!inner.is_clean()) [[unlikely]] {
        const auto& path = inner.path();
        const bool joined = path.empty() || path.front() == '[';
        refuse(std::string(field) + (joined ? "" : ".") + path, inner.rule(), inner.what());
    }
}

void Checker::row(std::string_view field, std::size_t index, const Checker& inner) {
    if (!inner.is_clean()) [[unlikely]] {
        nested(std::string(field) + "[" + std::to_string(index) + "]", inner);
    }
}

}  // namespace sauda::wire
