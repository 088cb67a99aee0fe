#include "common/domain/chain.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

// Counts what this test program allocates.
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

using namespace sauda::domain;

namespace {

const Date kExpiry = sauda::base::date_of(2025, 9, 2);
const Date kLater = sauda::base::date_of(2025, 9, 9);

ContractId option_id(Date expiry, int64_t strike, ContractKind kind) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, kind, expiry,
                              Price::from_rupees(strike));
}

Quote quote(ContractId contract, int64_t bid_paise, int64_t ask_paise) {
    Quote q;
    q.contract = contract;
    q.bid = Price::from_paise(bid_paise);
    q.ask = Price::from_paise(ask_paise);
    return q;
}

void pair(Chain& chain, Date expiry, int64_t strike, int64_t call_mid, int64_t put_mid) {
    chain.update(quote(option_id(expiry, strike, ContractKind::Call), call_mid - 5, call_mid + 5));
    chain.update(quote(option_id(expiry, strike, ContractKind::Put), put_mid - 5, put_mid + 5));
}

}  // namespace

TEST_CASE("the last quote of a contract replaces the one before") {
    Chain chain;
    const auto id = option_id(kExpiry, 24'500, ContractKind::Call);
    CHECK(chain.find(id) == nullptr);
    chain.update(quote(id, 100, 110));
    chain.update(quote(id, 120, 130));
    REQUIRE(chain.find(id) != nullptr);
    CHECK(chain.find(id)->bid == Price::from_paise(120));
    CHECK(chain.size() == 1);
    CHECK(chain.option(kExpiry, Price::from_rupees(24'500), ContractKind::Call) == chain.find(id));
    CHECK(chain.option(kExpiry, Price::from_rupees(24'500), ContractKind::Put) == nullptr);
    CHECK(chain.option(kLater, Price::from_rupees(24'500), ContractKind::Call) == nullptr);
}

TEST_CASE("expiries and strikes come in order and only from options") {
    Chain chain;
    pair(chain, kLater, 24'600, 100, 100);
    pair(chain, kExpiry, 24'600, 100, 100);
    pair(chain, kExpiry, 24'500, 100, 100);
    chain.update(quote(ContractId::spot(Exchange::NSE, Underlying::NIFTY), 1, 2));
    chain.update(quote(
        ContractId::future(Exchange::NSE, Underlying::NIFTY, sauda::base::date_of(2025, 9, 30)), 1,
        2));
    CHECK(chain.expiries({}) == std::vector<Date>{kExpiry, kLater});
    CHECK(chain.expiries(Date{kExpiry.days + 1}) == std::vector<Date>{kLater});
    CHECK(chain.strikes(kExpiry) ==
          std::vector<Price>{Price::from_rupees(24'500), Price::from_rupees(24'600)});
    CHECK(chain.strikes(sauda::base::date_of(2025, 9, 30)).empty());
    chain.clear();
    CHECK(chain.size() == 0);
    CHECK(chain.expiries({}).empty());
}

TEST_CASE("the nearest strike is the lower one on a tie") {
    Chain chain;
    for (const int64_t strike : {24'400, 24'450, 24'500}) {
        pair(chain, kExpiry, strike, 100, 100);
    }
    const auto nearest = [&](int64_t paise) {
        return chain.nearest_strike(kExpiry, Price::from_paise(paise));
    };
    CHECK(nearest(2'442'500) == Price::from_rupees(24'400));
    CHECK(nearest(2'442'501) == Price::from_rupees(24'450));
    CHECK(nearest(1) == Price::from_rupees(24'400));
    CHECK(nearest(9'999'999) == Price::from_rupees(24'500));
    CHECK(nearest(2'450'000) == Price::from_rupees(24'500));
    CHECK_FALSE(chain.nearest_strike(kLater, Price::from_rupees(1)));
}

TEST_CASE("the forward is the median over the strikes where call and put are closest") {
    Chain chain;
    CHECK_FALSE(chain.parity_forward(kExpiry));
    // Each strike implies 24,500 plus an offset that tells which strikes were used.
    pair(chain, kExpiry, 24'300, 30'000, 10'000);  // far: distance 200
    pair(chain, kExpiry, 24'400, 20'010, 10'000);
    pair(chain, kExpiry, 24'450, 15'020, 10'000);
    pair(chain, kExpiry, 24'500, 10'030, 10'000);
    pair(chain, kExpiry, 24'550, 5'040, 10'000);
    pair(chain, kExpiry, 24'600, 2'050, 12'000);
    CHECK(chain.parity_forward(kExpiry) == Price::from_paise(2'450'030));

    // A one-sided strike does not count: four remain of those five, and the far one joins.
    chain.update(quote(option_id(kExpiry, 24'550, ContractKind::Put), 0, 10'005));
    CHECK(chain.parity_forward(kExpiry) == Price::from_paise(2'450'020));
}

TEST_CASE("an even number of strikes averages the two in the middle") {
    Chain chain;
    pair(chain, kExpiry, 24'500, 10'010, 10'000);
    pair(chain, kExpiry, 24'550, 5'031, 10'000);
    CHECK(chain.parity_forward(kExpiry) == Price::from_raw(245'002'050));
}

TEST_CASE("a known contract is updated without allocating") {
    Chain chain;
    for (int64_t strike = 24'000; strike < 25'000; strike += 50) {
        pair(chain, kExpiry, strike, 10'000, 10'000);
    }
    const auto update = quote(option_id(kExpiry, 24'500, ContractKind::Put), 4'000, 4'010);
    const auto before = allocations;
    for (int i = 0; i < 1'000; ++i) {
        chain.update(update);
        (void)chain.parity_forward(kExpiry);
        (void)chain.nearest_strike(kExpiry, Price::from_rupees(24'512));
    }
    CHECK(allocations == before);
}

TEST_CASE("a chain read back answers like the one that was written, also into a used chain") {
    Chain chain;
    pair(chain, kExpiry, 24'500, 10'010, 10'000);
    pair(chain, kLater, 24'550, 5'030, 10'000);
    const auto bytes = sauda::base::save_to_bytes(chain);
    CHECK(sauda::base::save_to_bytes(chain) == bytes);

    Chain used;  // as many contracts, but others
    pair(used, kExpiry, 24'000, 1'000, 1'000);
    pair(used, kExpiry, 24'050, 1'000, 1'000);
    for (Chain* target : {&used, &chain}) {
        sauda::base::BinaryReader reader(bytes);
        reader.read(*target);
        CHECK(reader.ok());
        CHECK(reader.at_end());
        CHECK(target->size() == 4);
        CHECK(target->expiries({}) == std::vector<Date>{kExpiry, kLater});
        CHECK(target->strikes(kExpiry) == std::vector<Price>{Price::from_rupees(24'500)});
        CHECK(target->parity_forward(kExpiry) == Price::from_paise(2'450'010));
        const auto* found = target->find(option_id(kLater, 24'550, ContractKind::Put));
        REQUIRE(found != nullptr);
        CHECK(found->bid == Price::from_paise(9'995));
        CHECK(target->find(option_id(kExpiry, 24'000, ContractKind::Call)) == nullptr);
        CHECK(sauda::base::save_to_bytes(*target) == bytes);
    }
}
