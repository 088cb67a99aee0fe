#include "common/summary/text_table.h"
#include "common/wire/format.h"
#include "services/cli/shell/why_text.h"
#include "services/ml_signal/core/feature_list.h"

#include <algorithm>
#include <cmath>

// What ml_signal thought, in words: of the rules parts of a score, of a model parts of its odds.
namespace sauda::cli {

using namespace domain;

namespace {

std::string feature_words(const std::string& name) {
    for (const auto& feature : ml_signal::feature_definitions()) {
        if (feature.name == name) {
            return std::string(feature.words);
        }
    }
    auto words = name;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string value_words(int64_t value) {
    return value == kValueUnknown ? "unknown" : millionths(value);
}

// "+12 %" of the odds for a part of 0.113 of the log-odds.
std::string odds_words(int64_t log_odds) {
    const double change = std::exp(static_cast<double>(log_odds) / 1e6) - 1.0;
    const auto tenths = std::llround(change * 1'000.0);
    return (tenths > 0 ? "+" : "") + wire::per_million_as_percent(tenths * 1'000);
}

std::vector<Contribution> by_size(std::vector<Contribution> parts) {
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
        return std::abs(a.contribution) > std::abs(b.contribution);
    });
    return parts;
}

std::string rules_parts(const Signal& signal) {
    summary::TextTable table({"feature", ">value", ">adds to the score"});
    for (const auto& part : by_size(signal.contributions)) {
        auto name = part.feature;
        std::replace(name.begin(), name.end(), '_', ' ');
        table.row(
            {name, value_words(part.value),
             (part.contribution > 0 ? "+" : "") + wire::per_million_as_percent(part.contribution)});
    }
    return signal.contributions.empty() ? "" : table.text("   ");
}

std::string members_words(const Signal& signal) {
    std::string text;
    for (const auto& member : signal.members) {
        text += (text.empty() ? "" : ", ") + member.member + " " +
                wire::per_million_as_percent(member.share) +
                (member.log_odds > 0   ? " of the say, for a rise"
                 : member.log_odds < 0 ? " of the say, for a fall"
                                       : " of the say");
    }
    return text.empty() ? "" : "   its members: " + text + "\n";
}

std::string drift_words(const Signal& signal) {
    std::string text;
    for (const auto& group : signal.drift) {
        if (group.index > group.usual) {
            text += (text.empty() ? "" : ", ") + group.group;
        }
    }
    return text.empty() ? "" : "   unlike any stretch of the days it learned from: " + text + "\n";
}

std::string model_parts(const Signal& signal) {
    std::string text = "   it gave a chance of " +
                       wire::per_million_as_percent(signal.probability) +
                       " that a rise pays better; on the days it learned from that was so in " +
                       wire::per_million_as_percent(signal.base_rate) + "\n" +
                       members_words(signal) + drift_words(signal);
    summary::TextTable table({"what moved it most", ">value", "speaks for", ">odds of a rise"});
    for (const auto& part : by_size(signal.contributions)) {
        table.row({feature_words(part.feature), value_words(part.value),
                   part.contribution > 0   ? "a rise"
                   : part.contribution < 0 ? "a fall"
                                           : "neither",
                   odds_words(part.contribution)});
    }
    return text + (signal.contributions.empty() ? "" : table.text("   "));
}

}  // namespace

std::string signal_words(const SignalSeen& seen) {
    const auto& signal = seen.signal.fact;
    std::string text = "   signal " + std::to_string(signal.id) + " of " +
                       wire::ist_clock_ms(seen.signal.at) + ", of the bar " +
                       wire::ist_clock(signal.bar_start) + " to " +
                       wire::ist_clock(signal.bar_start + signal.bar_length) + ": " +
                       std::string(to_text(signal.underlying)) +
                       (signal.score > 0   ? " up"
                        : signal.score < 0 ? " down"
                                           : " flat") +
                       ", score " + wire::per_million_as_percent(signal.score) + ", confidence " +
                       wire::per_million_as_percent(signal.confidence) + ", " +
                       (signal.model.empty() ? std::string(wire::text_of(signal.origin))
                                             : "model " + signal.model) +
                       "\n   " +
                       (seen.is_acted_on ? "The bot acted on it.\n"
                                         : "The bot only noted it and went by its own rules.\n");
    if (!signal.why_not.empty()) {
        text += (signal.origin == SignalOrigin::Model ? "   It gates nothing: " : "   No model: ") +
                signal.why_not + "\n";
    }
    return text +
           (signal.origin == SignalOrigin::Model ? model_parts(signal) : rules_parts(signal));
}

}  // namespace sauda::cli
