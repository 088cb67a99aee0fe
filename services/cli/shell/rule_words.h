#pragma once

#include "common/domain/market_rules.h"

#include <string>
#include <vector>

// Rows of the dated rules in a few words.
namespace sauda::cli {

std::string clock_words(base::Duration time_of_day);   // "15:30"
std::string day_words(const domain::TradingDay& day);  // an open day
std::string phase_words(const domain::PhaseSpan& span);
std::string segment_words(domain::Segment segment);
std::string charge_words(const domain::ChargeRates& rates);
std::string protection_words(const domain::PriceProtection& protection);
std::string settlement_words(const domain::SettlementRow& row);
std::string settlement_style_words(domain::OptionSettlement style);
std::string expiry_words(const domain::ExpiryRow& row);
std::string margin_words(const domain::MarginParameters& parameters);
std::string cutoff_words(const domain::BrokerCutoffRow& row);
std::string joined(const std::vector<std::string>& parts, const char* between);

}  // namespace sauda::cli
