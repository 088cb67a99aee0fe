#include "common/domain/market_rules.h"

#include "common/domain/rule_lookup.h"

#include <algorithm>

namespace sauda::domain {

namespace {

Quantity smallest_freeze(const std::vector<FreezeRow>& rows) {
    Quantity least;
    for (const auto& row : rows) {
        if (least.is_zero() || row.freeze < least) {
            least = row.freeze;
        }
    }
    return least;
}

}  // namespace

std::optional<Instrument> MarketRules::instrument(ContractId contract, Date date) const {
    const auto underlying = contract.underlying();
    const auto same = [&](const auto& row) { return row.underlying == underlying; };
    const bool is_spot = contract.kind() == ContractKind::Spot;
    const auto* lot = lot_row(lots, underlying, contract.expiry(), date);
    const auto* tick = in_force(ticks, date, [&](const auto& row) {
        return same(row) && row.kind == row_kind(contract.kind());
    });
    if ((lot == nullptr && !is_spot) || tick == nullptr) {
        return std::nullopt;
    }
    Instrument instrument;
    instrument.contract = contract;
    instrument.lot = is_spot ? base::units(1) : lot->lot;
    instrument.tick = tick->tick;
    const auto* freeze = in_force(freezes, date, same);
    instrument.freeze = freeze != nullptr ? freeze->freeze : smallest_freeze(freezes);
    instrument.order_max = freeze != nullptr && freeze->order_max.is_positive() ? freeze->order_max
                                                                                : instrument.freeze;
    if (!is_spot) {
        const auto expiry_day = day(contract.exchange(), contract.expiry());
        const auto* usual = in_force(sessions, contract.expiry(), [&](const auto& row) {
            return row.exchange == contract.exchange();
        });
        if (expiry_day.is_open) {
            instrument.expires_at = expiry_day.close;
        } else if (usual != nullptr) {  // the calendar may lack a day the master knows
            instrument.expires_at = base::ist(contract.expiry(), usual->close);
        } else {
            return std::nullopt;
        }
    }
    return instrument;
}

std::optional<ChargeRates> MarketRules::charge_rates(Exchange exchange, ContractKind kind,
                                                     Date date) const {
    const auto* row = in_force(charges, date, [&](const auto& r) {
        return r.exchange == exchange && r.kind == row_kind(kind);
    });
    return row == nullptr ? std::nullopt : std::optional(row->rates);
}

MarginRates MarketRules::margin_rates(Exchange exchange, Date date) const {
    const auto* row =
        in_force_or_first(margins, date, [&](const auto& r) { return r.exchange == exchange; });
    return row == nullptr ? MarginRates{} : row->rates;
}

std::optional<MarginParameters> MarketRules::margin_parameters(Exchange exchange,
                                                               Underlying underlying,
                                                               Date date) const {
    for (const auto wanted : {underlying, Underlying::Unspecified}) {
        const auto* row = in_force_or_first(margin_parameter_rows, date, [&](const auto& r) {
            return r.exchange == exchange && r.underlying == wanted;
        });
        if (row != nullptr) {
            return row->parameters;
        }
    }
    const auto* flat =
        in_force_or_first(margins, date, [&](const auto& r) { return r.exchange == exchange; });
    if (flat == nullptr) {
        return std::nullopt;
    }
    MarginParameters parameters;
    parameters.price_scan = flat->rates.scan;
    parameters.exposure = flat->rates.exposure;
    parameters.expiry_day_extra = flat->rates.expiry_day;
    return parameters;
}

std::optional<SettlementRow> MarketRules::settlement_rule(Exchange exchange, ContractKind kind,
                                                          SettlementPurpose purpose,
                                                          Date date) const {
    const auto* row = in_force(settlements, date, [&](const auto& r) {
        return r.exchange == exchange && r.kind == row_kind(kind) && r.purpose == purpose;
    });
    return row == nullptr ? std::nullopt : std::optional(*row);
}

OptionSettlement MarketRules::option_settlement(Underlying underlying) const {
    for (const auto& row : underlyings) {
        if (row.underlying == underlying) {
            return row.settlement;
        }
    }
    return OptionSettlement::None;
}

std::optional<Timestamp> MarketRules::broker_square_off(const std::string& broker,
                                                        Exchange exchange, Product product,
                                                        Date date) const {
    const auto* row = in_force(broker_cutoffs, date, [&](const auto& r) {
        return r.broker == broker && r.exchange == exchange && r.product == product;
    });
    const auto session = day(exchange, date);
    if (row == nullptr || !session.is_open) {
        return std::nullopt;
    }
    return row->is_before_close ? session.close - row->time : base::ist(date, row->time);
}

std::pair<Price, Price> MarketRules::collar(ContractId contract, Price reference, Price tick,
                                            Date date) const {
    INVARIANT(tick.is_positive() && reference.is_positive());
    const auto* row = in_force(protections, date, [&](const auto& r) {
        return r.exchange == contract.exchange() && r.kind == row_kind(contract.kind());
    });
    if (row == nullptr) {
        return {tick, base::floor_to_tick(Price::max(), tick)};
    }
    const Price width =
        std::max(row->protection.absolute, reference.scaled(row->protection.ratio, 1'000'000));
    const Price low = reference - width;
    return {low > tick ? base::ceil_to_tick(low, tick) : tick,
            base::floor_to_tick(reference + width, tick)};
}

}  // namespace sauda::domain
