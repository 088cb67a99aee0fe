#include "common/domain/position_book.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <map>
#include <tuple>
#include <vector>

using namespace sauda::domain;
using sauda::base::Rng;

namespace {

ContractId contract_of(int64_t strike) {
    return ContractId::option(Exchange::NSE, Underlying::NIFTY, ContractKind::Call,
                              sauda::base::date_of(2025, 9, 2), Price::from_rupees(strike));
}

LedgerEntry fill(Side side, int64_t quantity, int64_t price_paise) {
    LedgerEntry entry;
    entry.kind = LedgerKind::Fill;
    entry.account = "paper";
    entry.product = Product::Carryforward;
    entry.bot = "b";
    entry.group = 1;
    entry.contract = contract_of(24'500);
    entry.side = side;
    entry.quantity = units(quantity);
    entry.price = Price::from_paise(price_paise);
    return entry;
}

LedgerEntry deposit(int64_t rupees) {
    LedgerEntry entry;
    entry.kind = LedgerKind::Deposit;
    entry.account = "paper";
    entry.amount = Money::from_rupees(rupees);
    return entry;
}

PositionKey key_of(const LedgerEntry& entry) {
    return {entry.account, entry.product, entry.bot, entry.group, entry.contract};
}

// The slow model: every open unit with its side, and the cash that moved. It knows no averages;
// what it can say exactly is the net quantity, the cash, and realised P&L once a position is flat.
struct SlowModel {
    std::map<PositionKey, int64_t> net;
    std::map<PositionKey, int64_t> cash;
    std::map<PositionKey, int64_t> charges;
    int64_t deposits = 0;

    void apply(const LedgerEntry& entry) {
        if (entry.kind == LedgerKind::Deposit) {
            deposits += entry.amount.raw();
            return;
        }
        const auto key = key_of(entry);
        charges[key] += entry.charges.total().raw();
        for (int64_t i = 0; i < entry.quantity.raw(); ++i) {
            net[key] += entry.side == Side::Buy ? 1 : -1;
            cash[key] += entry.side == Side::Buy ? -entry.price.raw() : entry.price.raw();
        }
    }
};

}  // namespace

TEST_CASE("a partial close releases its share of the average cost") {
    PositionBook book;
    book.apply(fill(Side::Buy, 75, 10'000));
    book.apply(fill(Side::Buy, 75, 11'000));
    const auto [key, position] = book.apply(fill(Side::Sell, 50, 12'000));
    CHECK(position.net == units(100));
    CHECK(position.cost == Money::from_rupees(10'500));
    CHECK(position.realised == Money::from_rupees(50 * 15));
    CHECK(book.find(key) == position);
}

TEST_CASE("a short position earns when it is bought back lower") {
    PositionBook book;
    book.apply(fill(Side::Sell, 75, 11'860));
    const auto [key, position] = book.apply(fill(Side::Buy, 75, 4'775));
    CHECK(position.net.is_zero());
    CHECK(position.cost.is_zero());
    CHECK(position.realised == Price::from_paise(11'860 - 4'775) * units(75));
}

TEST_CASE("a fill through zero closes the old position and opens the rest") {
    PositionBook book;
    book.apply(fill(Side::Buy, 75, 10'000));
    const auto [key, position] = book.apply(fill(Side::Sell, 125, 10'400));
    CHECK(position.net == units(-50));
    CHECK(position.cost == -(Price::from_paise(10'400) * units(50)));
    CHECK(position.realised == Money::from_rupees(300));
}

TEST_CASE("the released share is rounded half away from zero and the remainder stays") {
    PositionBook book;
    Position position;
    position.net = units(2);
    position.cost = Money::from_raw(5);
    book.set(key_of(fill(Side::Sell, 1, 0)), position);
    const auto [key, after] = book.apply(fill(Side::Sell, 1, 0));
    CHECK(after.realised == Money::from_raw(-3));
    CHECK(after.cost == Money::from_raw(2));
}

TEST_CASE("a settlement without a side closes whatever is open at its price") {
    PositionBook book;
    book.apply(fill(Side::Sell, 75, 9'000));
    auto settlement = fill(Side::Unspecified, 0, 4'000);
    settlement.kind = LedgerKind::Settlement;
    const auto [key, position] = book.apply(settlement);
    CHECK(position.net.is_zero());
    CHECK(position.realised == Money::from_rupees(50 * 75));
}

TEST_CASE("corrections and exercises touch charges only") {
    PositionBook book;
    book.apply(fill(Side::Buy, 75, 10'000));
    for (const auto kind : {LedgerKind::Correction, LedgerKind::Exercise, LedgerKind::Charge}) {
        auto entry = fill(Side::Unspecified, 0, 0);
        entry.kind = kind;
        entry.charges.stt = Money::from_rupees(2);
        book.apply(entry);
    }
    const auto position = book.find(key_of(fill(Side::Buy, 1, 1)));
    CHECK(position.net == units(75));
    CHECK(position.realised.is_zero());
    CHECK(book.charges("paper").stt == Money::from_rupees(6));
}

TEST_CASE("a deposit belongs to the account and to no position") {
    PositionBook book;
    const auto [key, position] = book.apply(deposit(17'000));
    CHECK(key == PositionKey{});
    CHECK(book.positions().empty());
    CHECK(book.deposits("paper") == Money::from_rupees(17'000));
    CHECK(book.cash("paper") == Money::from_rupees(17'000));
    CHECK(book.cash("other").is_zero());
}

TEST_CASE("the account's net of a contract is the sum over bots and groups of one product") {
    PositionBook book;
    auto entry = fill(Side::Buy, 75, 10'000);
    book.apply(entry);
    entry.bot = "c";
    entry.group = 2;
    entry.side = Side::Sell;
    entry.quantity = units(150);
    book.apply(entry);
    entry.product = Product::Intraday;
    book.apply(entry);
    entry.account = "other";
    book.apply(entry);
    CHECK(book.account_net("paper", Product::Carryforward, entry.contract) == units(-75));
    CHECK(book.account_net("paper", Product::Intraday, entry.contract) == units(-150));
    CHECK(book.account_net("paper", Product::Carryforward, contract_of(24'550)).is_zero());
}

TEST_CASE("unrealised P&L is what closing at the price would add") {
    PositionBook book;
    const auto [key, position] = book.apply(fill(Side::Sell, 75, 10'000));
    CHECK(unrealised(position, Price::from_rupees(90)) == Money::from_rupees(750));
    CHECK(unrealised(position, Price::from_rupees(110)) == Money::from_rupees(-750));
}

TEST_CASE("random fills agree with a model that moves one unit at a time") {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        Rng rng(seed);
        PositionBook book;
        SlowModel model;
        for (int i = 0; i < 400; ++i) {
            auto entry = rng.chance(0.02) ? deposit(rng.between(-500, 5'000))
                                          : fill(rng.chance(0.5) ? Side::Buy : Side::Sell,
                                                 rng.between(1, 200), rng.between(5, 40'000));
            entry.bot = rng.chance(0.5) ? "a" : "b";
            entry.group = rng.below(2);
            entry.contract = contract_of(24'500 + 50 * rng.between(0, 2));
            entry.charges.stt = Money::from_paise(rng.between(0, 500));
            entry.charges.other = Money::from_paise(rng.between(-5, 5));
            book.apply(entry);
            model.apply(entry);
        }
        int64_t cash = model.deposits;
        INFO("seed " << seed);
        for (const auto& [key, position] : book.positions()) {
            CHECK(position.net.raw() == model.net[key]);
            CHECK((position.realised - position.cost).raw() == model.cash[key]);
            CHECK(position.charges.total().raw() == model.charges[key]);
            CHECK(position.net.is_zero() == position.cost.is_zero());
            CHECK(position.net.is_negative() == position.cost.is_negative());
            cash += model.cash[key] - model.charges[key];
        }
        CHECK(book.cash("paper").raw() == cash);
        Money cost;
        for (const auto& [key, position] : book.positions()) {
            cost += position.cost;
        }
        CHECK(book.deposits("paper") + book.realised("paper") - book.charges("paper").total() -
                  cost ==
              book.cash("paper"));
    }
}

TEST_CASE("a book closed to flat has realised exactly the cash it moved, whatever the path") {
    Rng rng(7);
    PositionBook book;
    int64_t net = 0;
    int64_t moved = 0;
    const auto trade = [&](int64_t signed_units, int64_t price) {
        book.apply(fill(signed_units > 0 ? Side::Buy : Side::Sell, std::abs(signed_units), price));
        net += signed_units;
        moved -= signed_units * price * 100;
    };
    for (int i = 0; i < 1'000; ++i) {
        const auto quantity = rng.between(1, 99);
        trade(rng.chance(0.5) ? quantity : -quantity, rng.between(1, 30'000));
    }
    if (net != 0) {
        trade(-net, 12'345);
    }
    CHECK(book.realised("paper").raw() == moved);
}

TEST_CASE("a book survives its own snapshot") {
    PositionBook book;
    book.apply(deposit(100));
    book.apply(fill(Side::Buy, 75, 333));
    PositionBook loaded;
    const auto bytes = sauda::base::save_to_bytes(book);
    sauda::base::BinaryReader from_bytes(bytes);
    from_bytes.read(loaded);
    CHECK(from_bytes.ok());
    CHECK(loaded == book);
}
