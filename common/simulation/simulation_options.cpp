#include "common/simulation/simulation_options.h"

#include <array>
#include <charconv>
#include <utility>

namespace sauda::simulation {

namespace {

constexpr std::array<std::pair<std::string_view, DayCharacter>, 5> kCharacters{{
    {"mixed", DayCharacter::Mixed},
    {"quiet", DayCharacter::Quiet},
    {"trend", DayCharacter::Trend},
    {"range", DayCharacter::Range},
    {"volatile", DayCharacter::Volatile},
}};
constexpr std::array<std::pair<std::string_view, FaultKind>, 5> kFaults{{
    {"silence", FaultKind::Silence},
    {"repeat", FaultKind::Repeat},
    {"crossed", FaultKind::Crossed},
    {"freak", FaultKind::FreakPrint},
    {"late", FaultKind::Late},
}};

bool counts(FaultKind kind) { return kind == FaultKind::Crossed || kind == FaultKind::FreakPrint; }

std::optional<int64_t> number(std::string_view text) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(value)
                                                                    : std::nullopt;
}

std::optional<Duration> clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') {
        return std::nullopt;
    }
    const auto hours = number(text.substr(0, 2));
    const auto minutes = number(text.substr(3, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) {
        return std::nullopt;
    }
    return base::minutes(*hours * 60 + *minutes);
}

std::string two(int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

base::Expected<DayCharacter> parse_character(std::string_view text) {
    for (const auto& [name, character] : kCharacters) {
        if (name == text) {
            return character;
        }
    }
    return base::fail(
        base::ErrorKind::Invalid,
        "no day is '" + std::string(text) + "'; it is mixed, quiet, trend, range or volatile");
}

base::Expected<Fault> parse_fault(std::string_view text) {
    const auto wrong =
        base::fail(base::ErrorKind::Invalid,
                   "'" + std::string(text) +
                       "' is no fault; write silence@11:30+60s, repeat@11:30+30s, late@11:30+30s, "
                       "crossed@11:30x20 or freak@11:30x3");
    const auto at = text.find('@');
    if (at == std::string_view::npos) {
        return wrong;
    }
    for (const auto& [name, kind] : kFaults) {
        if (name != text.substr(0, at)) {
            continue;
        }
        const auto rest = text.substr(at + 1);
        const auto time = clock(rest.substr(0, 5));
        if (!time || rest.size() < 7 || rest[5] != (counts(kind) ? 'x' : '+')) {
            return wrong;
        }
        const bool has_unit = !counts(kind) && rest.back() == 's';
        const auto amount = number(rest.substr(6, rest.size() - 6 - (has_unit ? 1 : 0)));
        if (!amount || *amount < 1 || *amount > 20'000 || (!counts(kind) && !has_unit)) {
            return wrong;
        }
        return counts(kind) ? Fault{kind, *time, {}, *amount}
                            : Fault{kind, *time, base::seconds(*amount), 0};
    }
    return wrong;
}

std::string_view to_text(DayCharacter character) {
    return kCharacters.at(static_cast<std::size_t>(character)).first;
}

std::string_view to_text(FaultKind kind) {
    return kFaults.at(static_cast<std::size_t>(kind)).first;
}

std::string to_text(const Fault& fault) {
    const int64_t minutes = fault.at.ns / base::minutes(1).ns;
    std::string text =
        std::string(to_text(fault.kind)) + "@" + two(minutes / 60) + ":" + two(minutes % 60);
    return counts(fault.kind)
               ? text + "x" + std::to_string(fault.count)
               : text + "+" + std::to_string(fault.lasts.ns / base::seconds(1).ns) + "s";
}

std::optional<std::string> problem_of(const SimulationOptions& options) {
    if (options.underlyings.empty()) {
        return "no underlying is named; it is NIFTY, BANKNIFTY or both";
    }
    for (const auto underlying : options.underlyings) {
        if (underlying != Underlying::NIFTY && underlying != Underlying::BANKNIFTY) {
            return std::string(domain::to_text(underlying)) +
                   " is not simulated; NIFTY and BANKNIFTY are";
        }
    }
    if (!(options.volatility >= 0.03 && options.volatility <= 1.5)) {
        return "the volatility is a year's, between 0.03 and 1.5; 0.112 is usual";
    }
    if (options.open != 0.0 && !(options.open >= 1'000.0 && options.open <= 200'000.0)) {
        return "the index opens between 1,000 and 2,00,000";
    }
    if (options.updates_per_second < 1 || options.updates_per_second > 50) {
        return "a liquid contract has 1 to 50 updates a second";
    }
    if (options.snapshot.ns != 0 && options.snapshot < base::seconds(1)) {
        return "snapshots come every second at the most";
    }
    if (options.strikes_aside < 0 || options.strikes_aside > 100) {
        return "strikes on each side are 1 to 100, or 0 for everything that is listed";
    }
    return std::nullopt;
}

}  // namespace sauda::simulation
