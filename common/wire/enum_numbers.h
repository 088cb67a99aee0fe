#pragma once

#include "common/domain/message.h"

#include <cstdint>

namespace sauda::wire {

// The highest number of each enum that counts up without holes. An enum missing here does not
// compile, so none can enter unchecked.
template <class E>
struct LastOf;

#define SAUDA_WIRE_LAST(Enum, Value)                               \
    template <>                                                    \
    struct LastOf<domain::Enum> {                                  \
        static constexpr domain::Enum value = domain::Enum::Value; \
    };
SAUDA_WIRE_LAST(Exchange, MCX)
SAUDA_WIRE_LAST(Underlying, INDIAVIX)
SAUDA_WIRE_LAST(ContractKind, Synthetic)
SAUDA_WIRE_LAST(SessionKind, RunEnd)
SAUDA_WIRE_LAST(Origin, Simulated)
SAUDA_WIRE_LAST(SignalOrigin, Model)
SAUDA_WIRE_LAST(Unit, PricePoints)
SAUDA_WIRE_LAST(Side, Sell)
SAUDA_WIRE_LAST(Product, Intraday)
SAUDA_WIRE_LAST(Purpose, Reduce)
SAUDA_WIRE_LAST(LegPolicy, Hold)
SAUDA_WIRE_LAST(StrategyKind, Hedged)
SAUDA_WIRE_LAST(BotEventKind, ParameterChanged)
SAUDA_WIRE_LAST(Verdict, Denied)
SAUDA_WIRE_LAST(TradingState, Halted)
SAUDA_WIRE_LAST(FlattenPhase, Done)
SAUDA_WIRE_LAST(AccountEventKind, PeakRaised)
SAUDA_WIRE_LAST(OrderState, Unknown)
SAUDA_WIRE_LAST(OrderEventKind, CancelRejected)
SAUDA_WIRE_LAST(GroupState, Abandoned)
SAUDA_WIRE_LAST(GroupEventKind, Refused)
SAUDA_WIRE_LAST(LedgerKind, Deposit)
SAUDA_WIRE_LAST(Severity, Critical)
SAUDA_WIRE_LAST(OperatorAct, SetParameter)
SAUDA_WIRE_LAST(Service, Operator)
#undef SAUDA_WIRE_LAST

bool is_reason_number(uint64_t number);

// True when `number` is a value of E; 0 (unspecified) counts, the validators judge it by field.
template <class E>
bool is_enum_number(uint64_t number) {
    return number <= static_cast<uint64_t>(LastOf<E>::value);
}
template <>
inline bool is_enum_number<domain::ReasonCode>(uint64_t number) {
    return is_reason_number(number);
}
template <>
inline bool is_enum_number<domain::StreamId>(uint64_t number) {
    return number <= UINT16_MAX && domain::is_known(static_cast<domain::StreamId>(number));
}

}  // namespace sauda::wire
