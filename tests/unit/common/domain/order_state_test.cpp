#include "common/domain/order.h"

#include <catch2/catch.hpp>

#include <array>
#include <sstream>

using namespace sauda::domain;

namespace {

// Two letters a state; "--" is no transition. Rows are states, columns events, both by number.
constexpr std::array<std::string_view, 11> kOrderStates{"..", "PD", "ST", "WK", "PF", "PC",
                                                        "FL", "CX", "RJ", "DN", "UN"};
constexpr std::string_view kOrderTable = R"(
      none Placed Sent Accept PartF Fill CanReq Cancel Reject Denied TimedO Found NotFnd CanRej
..     --    PD    --    --    --    --    --    --    --    --    --    --    --    --
PD     --    --    ST    --    --    --    --    CX    --    DN    UN    --    --    --
ST     --    --    --    WK    PF    FL    PC    CX    RJ    --    UN    ST    --    --
WK     --    --    --    WK    PF    FL    PC    CX    RJ    --    UN    WK    --    --
PF     --    --    --    PF    PF    FL    PC    CX    RJ    --    UN    PF    --    --
PC     --    --    --    PC    PC    FL    PC    CX    RJ    --    UN    PC    --    WK
FL     --    --    --    --    --    --    --    --    --    --    --    --    --    --
CX     --    --    --    --    CX    FL    --    --    --    --    --    --    --    --
RJ     --    --    --    --    --    --    --    --    --    --    --    --    --    --
DN     --    --    --    --    --    --    --    --    --    --    --    --    --    --
UN     --    --    --    WK    PF    FL    --    CX    RJ    --    UN    WK    CX    --
)";
constexpr int kOrderEvents = 14;

constexpr std::array<std::string_view, 8> kGroupStates{"..", "AP", "EN", "OP",
                                                       "EX", "UW", "CL", "AB"};
constexpr std::string_view kGroupTable = R"(
      none Accept EntrySt LegFill Opened LegFail ExitSt Trail Flat Refused
..     --    AP     --      --      --     --      --    --    --    --
AP     --    --     EN      --      --     --      --    --    --    AB
EN     --    --     --      EN      OP     UW      EX    --    CL    AB
OP     --    --     --      --      --     --      EX    OP    CL    --
EX     --    --     --      --      --     --      --    --    CL    --
UW     --    --     --      --      --     --      EX    --    CL    AB
CL     --    --     --      --      --     --      --    --    --    --
AB     --    --     --      --      --     --      --    --    --    --
)";
constexpr int kGroupEvents = 10;

// Compares every cell of a table with what next_state says; returns how many it compared.
template <class State, class Event, std::size_t N>
int check_table(std::string_view table, const std::array<std::string_view, N>& names, int events) {
    std::istringstream lines{std::string(table)};
    std::string line;
    std::getline(lines, line);  // empty
    std::getline(lines, line);  // heading
    int cells = 0;
    for (std::size_t s = 0; s < N; ++s) {
        std::getline(lines, line);
        std::istringstream words(line);
        std::string word;
        words >> word;
        REQUIRE(word == names[s]);
        for (int e = 0; e < events; ++e) {
            REQUIRE(words >> word);
            const auto next = next_state(static_cast<State>(s), static_cast<Event>(e));
            INFO(names[s] << " with event " << e);
            CHECK((next ? names[static_cast<std::size_t>(*next)] : "--") == word);
            ++cells;
        }
        CHECK_FALSE(words >> word);
    }
    return cells;
}

}  // namespace

TEST_CASE("order states: every state with every event goes where the table says",
          "[unit][domain]") {
    CHECK(check_table<OrderState, OrderEventKind>(kOrderTable, kOrderStates, kOrderEvents) ==
          11 * 14);
}

TEST_CASE("group states: every state with every event goes where the table says",
          "[unit][domain]") {
    CHECK(check_table<GroupState, GroupEventKind>(kGroupTable, kGroupStates, kGroupEvents) ==
          8 * 10);
}

TEST_CASE("order states: terminal ones are left by a late fill of a cancelled order alone",
          "[unit][domain]") {
    int ways_out = 0;
    for (unsigned s = 0; s < kOrderStates.size(); ++s) {
        const auto state = static_cast<OrderState>(s);
        for (int e = 0; e < kOrderEvents; ++e) {
            const auto next = next_state(state, static_cast<OrderEventKind>(e));
            ways_out += is_terminal(state) && next && *next != state ? 1 : 0;
        }
    }
    CHECK(ways_out == 1);
    CHECK(is_terminal(OrderState::Filled));
    CHECK(is_terminal(OrderState::Cancelled));
    CHECK(is_terminal(OrderState::Rejected));
    CHECK(is_terminal(OrderState::Denied));
    CHECK_FALSE(is_terminal(OrderState::Unknown));
    CHECK_FALSE(is_terminal(OrderState::PendingCancel));
    CHECK_FALSE(is_terminal(OrderState::Unspecified));
}

TEST_CASE("group states: a terminal group is never left", "[unit][domain]") {
    for (unsigned s = 0; s < kGroupStates.size(); ++s) {
        const auto state = static_cast<GroupState>(s);
        CHECK(is_terminal(state) ==
              (state == GroupState::Closed || state == GroupState::Abandoned));
        for (int e = 0; e < kGroupEvents && is_terminal(state); ++e) {
            CHECK_FALSE(next_state(state, static_cast<GroupEventKind>(e)).has_value());
        }
    }
}

TEST_CASE("child id: text goes both ways", "[unit][domain]") {
    const auto check = [](const ChildId& id, const std::string& text) {
        CHECK(to_text(id) == text);
        CHECK(parse_child(text) == id);
    };
    check({12, 1, 0, 2, false}, "G12.1.0.2");
    check({12, 1, 0, 2, true}, "G12x.1.0.2");
    check({0, 0, 0, 0, false}, "G0.0.0.0");
    check({UINT64_MAX, 255, 65535, 65535, true}, "G18446744073709551615x.255.65535.65535");
}

TEST_CASE("child id: a text with another spelling is refused", "[unit][domain]") {
    for (const auto* text : {"",
                             "G",
                             "12.1.0.2",
                             "g12.1.0.2",
                             "G12.1.0",
                             "G12.1.0.",
                             "G12.1.0.2.",
                             "G12.1.0.2 ",
                             "G12.256.0.2",
                             "G12.1.65536.2",
                             "G12.1.0.65536",
                             "G18446744073709551616.0.0.0",
                             "G-1.0.0.0",
                             "G+1.0.0.0",
                             "G012.1.0.2",
                             "G12.01.0.2",
                             "G12X.1.0.2",
                             "G12xx.1.0.2",
                             "Gx.1.0.2",
                             "G12x1.0.2",
                             "G12..0.2"}) {
        INFO(text);
        CHECK_FALSE(parse_child(text).has_value());
    }
}
