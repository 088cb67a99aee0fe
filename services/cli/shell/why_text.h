#pragma once

#include "services/cli/core/story_book.h"

#include <map>
#include <string>

// A story in words a trader reads.
namespace sauda::cli {

// What the words need beside the story.
struct Words {
    const StoryBook& book;
    std::map<std::string, std::string> bots;  // what each bot does, as configured
};

// The whole story, ending in a newline. `order` is pointed at where it appears.
std::string story_text(const Story& story, const Words& words,
                       const std::optional<domain::ChildId>& order);
// One line for each trade; an empty archive says so.
std::string list_text(const StoryBook& book);
// Every denied intent with its reason, and what the bots skipped without asking.
std::string denied_text(const StoryBook& book);

// Parts. `today` is the day of the story: expiries of its year go without the year.
std::string contract_words(domain::ContractId contract, domain::Date today);
std::string leg_words(const domain::Leg& leg, const StoryBook& book, domain::Date today);
std::string market_words(const domain::Quote& quote);  // "117.35 x 1,500 / 117.90 x 75"
std::string signed_rupees(domain::Money amount);       // "+1,785.00"
std::string millionths(int64_t value);                 // "0.000812", "62.13"
// Where it pointed, what the bot made of it, and what moved it; lines.
std::string signal_words(const SignalSeen& seen);
std::string requests_text(const Story& story, const Words& words);
std::string request_heading(const Request& request);

}  // namespace sauda::cli
