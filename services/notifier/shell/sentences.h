#pragma once

#include "common/domain/market_rules.h"
#include "common/domain/message.h"

#include <string>

namespace sauda::notifier {

// One line for the owner: the sentence first, codes in brackets after it. Lots and units together.
// What has no sentence of its own here is told as `wire` describes it.
std::string sentence_of(const domain::Message& message, const domain::MarketRules& rules);

// "NIFTY 25,250 CE 23-Nov", "NIFTY FUT 24-Nov".
std::string contract_words(domain::ContractId contract);

}  // namespace sauda::notifier
