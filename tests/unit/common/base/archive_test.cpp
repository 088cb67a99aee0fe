#include "common/base/archive.h"

#include <catch2/catch.hpp>

using namespace sauda::base;

namespace {

enum class Colour : uint8_t { Red = 1, Blue = 2 };

struct Inner {
    std::string name;
    int32_t number = 0;
    friend auto operator<=>(const Inner&, const Inner&) = default;
    SAUDA_FIELDS(name, number)
};

// One field of every sort an archive knows.
struct Everything {
    bool flag = false;
    Colour colour = Colour::Red;
    uint8_t small = 0;
    int64_t big = 0;
    double real = 0;
    Price price;
    Quantity quantity;
    Timestamp time;
    Duration span;
    Date date;
    std::string text;
    std::optional<Inner> none;
    std::optional<Inner> some;
    std::pair<int, std::string> both;
    std::array<int16_t, 3> three{};
    std::vector<Inner> list;
    std::deque<int> queue;
    std::map<std::string, std::vector<int>> map;
    std::set<Inner> set;
    friend bool operator==(const Everything&, const Everything&) = default;
    SAUDA_FIELDS(flag, colour, small, big, real, price, quantity, time, span, date, text, none,
                 some, both, three, list, queue, map, set)
};

Everything sample() {
    Everything e;
    e.flag = true;
    e.colour = Colour::Blue;
    e.small = 200;
    e.big = -5;
    e.real = 0.1;
    e.price = Price::from_paise(11'860);
    e.quantity = -units(75);
    e.time = {123};
    e.span = {-4};
    e.date = {20329};
    e.text = std::string("a\0b", 3);
    e.some = Inner{"x", 7};
    e.both = {9, "nine"};
    e.three = {1, -2, 3};
    e.list = {{"a", 1}, {"b", 2}};
    e.queue = {4, 5};
    e.map = {{"k", {1, 2}}, {"empty", {}}};
    e.set = {{"s", 1}, {"t", 2}};
    return e;
}

bool load(std::string_view bytes, Everything& into) {
    BinaryReader reader(bytes);
    reader.read(into);
    return reader.ok() && reader.at_end();
}

}  // namespace

TEST_CASE("archive: what is saved loads equal", "[unit][base]") {
    const auto bytes = save_to_bytes(sample());
    Everything loaded;
    loaded.list = {{"stale", 1}};  // what was there before goes
    loaded.map = {{"stale", {}}};
    loaded.none = Inner{"stale", 1};
    REQUIRE(load(bytes, loaded));
    CHECK(loaded == sample());
    CHECK(save_to_bytes(loaded) == bytes);
}

TEST_CASE("archive: a cut at any byte is noticed", "[unit][base]") {
    const auto bytes = save_to_bytes(sample());
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        Everything loaded;
        REQUIRE_FALSE(load(std::string_view(bytes).substr(0, n), loaded));
    }
}

TEST_CASE("archive: an absurd length does not allocate", "[unit][base]") {
    std::string bytes(8, '\xFF');
    std::vector<int64_t> list;
    BinaryReader reader(bytes);
    reader.read(list);
    CHECK_FALSE(reader.ok());
    CHECK(list.empty());
}

TEST_CASE("archive: the hash of equal values is equal and each field changes it", "[unit][base]") {
    CHECK(hash_of(sample()) == hash_of(sample()));
    const auto differs = [](auto change) {
        auto changed = sample();
        change(changed);
        return hash_of(changed) != hash_of(sample());
    };
    CHECK(differs([](Everything& e) { e.flag = false; }));
    CHECK(differs([](Everything& e) { e.colour = Colour::Red; }));
    CHECK(differs([](Everything& e) { e.big = 5; }));
    CHECK(differs([](Everything& e) { e.real = -0.1; }));
    CHECK(differs([](Everything& e) { e.price = {}; }));
    CHECK(differs([](Everything& e) { e.time = {124}; }));
    CHECK(differs([](Everything& e) { e.text += 'c'; }));
    CHECK(differs([](Everything& e) { e.none = Inner{}; }));
    CHECK(differs([](Everything& e) { e.three[2] = 4; }));
    CHECK(differs([](Everything& e) { e.list.pop_back(); }));
    CHECK(differs([](Everything& e) { e.map["k"].push_back(3); }));
}
