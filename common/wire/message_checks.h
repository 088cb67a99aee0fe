#pragma once

#include "common/domain/message.h"
#include "common/wire/checker.h"

#include <string_view>

// The rules of each message, batches without their rows. Internal to wire.
namespace sauda::wire {

Checker check(const domain::Meta& meta);
Checker check(const domain::QuoteBatch& batch);
Checker check(const domain::BarBatch& batch);
Checker check(const domain::InstrumentBatch& batch);
Checker check(const domain::SessionEvent& event);
Checker check(const domain::SourceInfo& info);
Checker check(const domain::Signal& signal);
Checker check(const domain::Intent& intent);
Checker check(const domain::BotEvent& event);
Checker check(const domain::Decision& decision);
Checker check(const domain::TradingStateEvent& event);
Checker check(const domain::AccountEvent& event);
Checker check(const domain::PositionEvent& event);
Checker check(const domain::OrderEvent& event);
Checker check(const domain::GroupEvent& event);
Checker check(const domain::LedgerEntry& entry);
Checker check(const domain::Alert& alert);
Checker check(const domain::Delivery& delivery);
Checker check(const domain::OperatorCommand& command);
Checker check(const domain::HealthChange& change);
Checker check(const domain::ExecutorEvent& event);

}  // namespace sauda::wire
