#include "services/importer/shell/simulate_options.h"

#include "common/recording/session_recording.h"

#include <charconv>

namespace sauda::importer {

using base::ErrorKind;
using base::fail;

namespace {

// The close of the NIFTY a simulated recording ended with, rupees.
base::Expected<double> close_of(const std::string& path) {
    const auto recording = recording::RecordingReader::open(path);
    if (!recording) {
        return std::unexpected(recording.error());
    }
    int64_t paise = 0;
    if (const auto& source = recording->source()) {
        const auto found = source->extra.find("close_paise");
        const std::string text = found == source->extra.end() ? "" : found->second;
        std::from_chars(text.data(), text.data() + text.size(), paise);
    }
    if (paise <= 0) {
        return fail(ErrorKind::Invalid, path + " is no simulated day: it does not say its close");
    }
    return static_cast<double>(paise) / 100.0;
}

}  // namespace

base::Expected<simulation::SimulationOptions> options_of(const SimulateWords& words) {
    simulation::SimulationOptions options;
    const auto date = domain::parse_date(words.date);
    if (!date) {
        return fail(ErrorKind::Invalid, "'" + words.date + "' is not a date like 2026-11-23");
    }
    options.date = *date;
    options.seed = words.seed;
    if (!words.underlyings.empty()) {
        options.underlyings.clear();
    }
    for (const auto& name : words.underlyings) {
        const auto underlying = domain::parse_underlying(name);
        if (!underlying) {
            return fail(ErrorKind::Invalid,
                        "'" + name + "' is no underlying; NIFTY and BANKNIFTY are simulated");
        }
        options.underlyings.push_back(*underlying);
    }
    const auto character = simulation::parse_character(words.day);
    if (!character) {
        return std::unexpected(character.error());
    }
    options.character = *character;
    options.volatility = words.volatility;
    options.open = words.open;
    if (!words.after.empty()) {
        const auto close = close_of(words.after);
        if (!close) {
            return std::unexpected(close.error());
        }
        options.open = *close;
    }
    options.updates_per_second = words.updates;
    options.snapshot = base::seconds(words.snapshot_seconds);
    options.strikes_aside = words.strikes;
    for (const auto& text : words.faults) {
        const auto fault = simulation::parse_fault(text);
        if (!fault) {
            return std::unexpected(fault.error());
        }
        options.faults.push_back(*fault);
    }
    if (words.is_quick) {
        options.underlyings = {domain::Underlying::NIFTY};
        options.snapshot = base::seconds(15);
        options.strikes_aside = 5;
        if (options.faults.empty()) {
            options.faults.push_back({simulation::FaultKind::Silence, base::minutes(12 * 60 + 20),
                                      base::seconds(60), 0});
        }
    }
    if (const auto problem = simulation::problem_of(options)) {
        return fail(ErrorKind::Invalid, *problem);
    }
    return options;
}

}  // namespace sauda::importer
