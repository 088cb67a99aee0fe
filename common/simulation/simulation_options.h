#pragma once

#include "common/base/expected.h"
#include "common/domain/contract_id.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::simulation {

using base::Duration;
using domain::Date;
using domain::Timestamp;
using domain::Underlying;

// How the day goes. Mixed: the seed decides among the others, by their frequency.
enum class DayCharacter : uint8_t { Mixed = 0, Quiet = 1, Trend = 2, Range = 3, Volatile = 4 };

// What goes wrong, on request.
enum class FaultKind : uint8_t {
    Silence = 0,     // the source says nothing from `at` for `lasts`
    Repeat = 1,      // every message from `at` for `lasts` comes twice
    Crossed = 2,     // `count` quotes after `at` have the bid above the ask
    FreakPrint = 3,  // `count` last prices after `at` are ten times too high
    Late = 4,        // messages of `lasts` from `at` on are known 1 to 5 seconds late
};

struct Fault {
    FaultKind kind = FaultKind::Silence;
    Duration at;  // since midnight IST
    Duration lasts;
    int64_t count = 0;
};

struct SimulationOptions {
    Date date;
    uint64_t seed = 1;
    // NIFTY, BANKNIFTY; India VIX comes with NIFTY.
    std::vector<Underlying> underlyings{Underlying::NIFTY, Underlying::BANKNIFTY};
    DayCharacter character = DayCharacter::Mixed;
    double volatility = 0.112;   // long-term implied, at the money, a year; 0.03 to 1.5
    double open = 0.0;           // NIFTY before the opening gap; 0: about 24,500
    int updates_per_second = 2;  // of a liquid contract, 1 to 50
    // Not zero: a snapshot of every contract this often, as pollers record; at least 1 s.
    Duration snapshot{};
    int64_t strikes_aside = 0;  // of the nearest expiry alone; 0: everything that is listed
    std::vector<Fault> faults;
};

// "trend"; "silence@11:30+60s", "crossed@10:00x20". Invalid: a sentence with what is expected.
base::Expected<DayCharacter> parse_character(std::string_view text);
base::Expected<Fault> parse_fault(std::string_view text);
std::string_view to_text(DayCharacter character);
std::string_view to_text(FaultKind kind);
std::string to_text(const Fault& fault);

// What is out of range, as a sentence; nullopt if nothing is.
std::optional<std::string> problem_of(const SimulationOptions& options);

}  // namespace sauda::simulation
