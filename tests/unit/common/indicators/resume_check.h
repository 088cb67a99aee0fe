#pragma once

#include "common/base/archive.h"

#include <catch2/catch.hpp>

#include <string>

namespace sauda::test {

// load(save(x)) then n inputs equals x then n inputs, bit for bit. `feed(object, i)` gives the
// object its i-th input; `fresh()` makes one as constructed.
template <class Fresh, class Feed>
void check_resumes(Fresh fresh, Feed feed, int warm_up, int then = 1000) {
    auto original = fresh();
    for (int i = 0; i < warm_up; ++i) {
        feed(original, i);
    }
    const std::string bytes = base::save_to_bytes(original);
    auto resumed = fresh();
    base::BinaryReader reader(bytes);
    reader.read(resumed);
    REQUIRE(reader.ok());
    REQUIRE(reader.at_end());
    REQUIRE(base::save_to_bytes(resumed) == bytes);
    for (int i = warm_up; i < warm_up + then; ++i) {
        feed(original, i);
        feed(resumed, i);
    }
    REQUIRE(base::save_to_bytes(resumed) == base::save_to_bytes(original));
    REQUIRE(base::save_to_bytes(original) != bytes);
}

}  // namespace sauda::test
