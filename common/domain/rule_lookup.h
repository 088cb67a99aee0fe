#pragma once

#include "common/domain/rule_rows.h"

#include <vector>

// Finding the row of a rule that is in force on a date.
namespace sauda::domain {

// The latest row not after `date` that matches; nullptr: none.
template <class Row, class Matches>
const Row* in_force(const std::vector<Row>& rows, Date date, Matches matches) {
    const Row* best = nullptr;
    for (const Row& row : rows) {
        if (row.from <= date && matches(row) && (best == nullptr || row.from > best->from)) {
            best = &row;
        }
    }
    return best;
}

// The row in force, or the first of all if `date` is before it.
template <class Row, class Matches>
const Row* in_force_or_first(const std::vector<Row>& rows, Date date, Matches matches) {
    if (const Row* row = in_force(rows, date, matches); row != nullptr) {
        return row;
    }
    const Row* first = nullptr;
    for (const Row& row : rows) {
        if (matches(row) && (first == nullptr || row.from < first->from)) {
            first = &row;
        }
    }
    return first;
}

// The row of one day; nullptr: none.
template <class Row>
const Row* on_day(const std::vector<Row>& rows, Exchange exchange, Date date) {
    for (const Row& row : rows) {
        if (row.exchange == exchange && row.date == date) {
            return &row;
        }
    }
    return nullptr;
}

// The lot of a contract by its expiry and the day it is traded; nullptr: no row.
inline const LotRow* lot_row(const std::vector<LotRow>& rows, Underlying underlying, Date expiry,
                             Date traded) {
    const LotRow* best = nullptr;
    for (const LotRow& row : rows) {
        const bool fits =
            row.underlying == underlying && row.from <= expiry && row.traded_from <= traded;
        const bool is_later = best == nullptr || row.from > best->from ||
                              (row.from == best->from && row.traded_from > best->traded_from);
        if (fits && is_later) {
            best = &row;
        }
    }
    return best;
}

// The kind whose rows a contract's rules stand under: puts share those of calls.
inline ContractKind row_kind(ContractKind kind) {
    return kind == ContractKind::Put || kind == ContractKind::Synthetic ? ContractKind::Call : kind;
}

}  // namespace sauda::domain
