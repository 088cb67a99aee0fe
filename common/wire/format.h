#pragma once

#include "common/domain/message.h"

#include <string>
#include <string_view>

// Texts of values as an Indian trader reads them: lakh and crore grouping, India's clock.
namespace sauda::wire {

std::string rupees(base::Money amount);        // "10,00,000.00", "-45.50"; half up to the paisa
std::string short_rupees(base::Money amount);  // "8.1 lakh", "1.25 crore", "17,000", "340.50"
std::string price(base::Price price);          // "118.60", "24,500.00"
std::string grouped(int64_t number);           // "12,34,567"
std::string quantity(base::Quantity units);    // "1,500"
// "2 lots (150)", "1 lot (75)", "150 units" where lot does not divide or is unknown.
std::string lots_and_units(base::Quantity units, base::Quantity lot);

std::string ist_clock(base::Timestamp t);           // "09:24:16", "--:--:--" when not set
std::string ist_clock_ms(base::Timestamp t);        // "09:24:16.250"
std::string ist_date_text(base::Date date);         // "Fri 29-Aug-2025"
std::string duration_text(base::Duration d);        // "18m52s", "1h02m03s", "2.5s", "250ms", "40us"
std::string per_million_as_percent(int64_t ratio);  // "12.5 %", "0.0355 %"

std::string number_text(const domain::Number& number);

// Lower-case words for use inside a sentence: "sell", "partly filled"; "unspecified" for 0, "?"
// for a number that is no value.
std::string_view text_of(domain::Side side);
std::string_view text_of(domain::Verdict verdict);
std::string_view text_of(domain::OrderState state);
std::string_view text_of(domain::OrderEventKind kind);
std::string_view text_of(domain::GroupState state);
std::string_view text_of(domain::GroupEventKind kind);
std::string_view text_of(domain::SessionKind kind);
std::string_view text_of(domain::TradingState state);
std::string_view text_of(domain::FlattenPhase phase);
std::string_view text_of(domain::Severity severity);
std::string_view text_of(domain::BotEventKind kind);
std::string_view text_of(domain::LedgerKind kind);
std::string_view text_of(domain::StrategyKind kind);
std::string_view text_of(domain::LegPolicy policy);
std::string_view text_of(domain::Purpose purpose);
std::string_view text_of(domain::Product product);
std::string_view text_of(domain::Origin origin);
std::string_view text_of(domain::SignalOrigin origin);
std::string_view text_of(domain::OperatorAct act);
std::string_view text_of(domain::AccountEventKind kind);

}  // namespace sauda::wire
