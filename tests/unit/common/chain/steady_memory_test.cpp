// Once every contract has been seen, a quote costs no memory.
#include "tests/unit/common/chain/chain_maker.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

using namespace sauda;
using namespace sauda::test;

TEST_CASE("quotes and analytics allocate nothing after the first round") {
    chain::ChainState state;
    state.take(instrument_of(kNear));
    state.take(instrument_of(kNext));
    std::vector<Quote> quotes;
    for (int round = 0; round < 4; ++round) {
        for (int64_t strike = 24'000; strike <= 25'000; strike += 50) {
            for (const auto expiry : {kNear, kNext}) {
                quotes.push_back(
                    quote_at(option_id(expiry, strike, ContractKind::Call), kOpen, 5.0 * round));
                quotes.push_back(
                    quote_at(option_id(expiry, strike, ContractKind::Put), kOpen, 5.0 * round));
            }
        }
    }
    std::size_t before = 0;
    Timestamp now = kOpen;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
        if (i == quotes.size() / 2) {
            before = allocations;
        }
        now = now + base::milliseconds(20);
        state.update(quotes[i], now);
    }
    state.advance(now + base::seconds(1));
    CHECK(allocations == before);
    CHECK(state.find(kNear)->forward());
    CHECK(state.find(kNear)->smile());
}
