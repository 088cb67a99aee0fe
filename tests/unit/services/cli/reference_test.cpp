#include "services/cli/core/reference.h"

#include <catch2/catch.hpp>

using namespace sauda::cli;

TEST_CASE("An order, a trade, an intent, a decision and a bare number are told apart") {
    const auto order = parse_reference("G12x.1.0.2");
    REQUIRE(order);
    CHECK(order->kind == Reference::Kind::Order);
    CHECK(order->number == 12);
    CHECK(order->order->is_exit);
    CHECK(order->order->amendment == 2);
    CHECK(parse_reference("G7")->kind == Reference::Kind::Group);
    CHECK(parse_reference("g7")->number == 7);
    CHECK(parse_reference("I7")->kind == Reference::Kind::Intent);
    CHECK(parse_reference("d7")->kind == Reference::Kind::Decision);
    CHECK(parse_reference("7")->kind == Reference::Kind::Number);
}

TEST_CASE("What is no reference is refused") {
    for (const auto* text : {"", "G", "x", "G1.", "1.0.0.0", "7a", "-7", "G1.0.0.0.0", "I 7"}) {
        INFO(text);
        CHECK_FALSE(parse_reference(text));
    }
}
