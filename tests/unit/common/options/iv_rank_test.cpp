#include "common/options/iv_rank.h"

#include "common/base/rng.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace sauda::options;

TEST_CASE("Rank and percentile are those of the last values") {
    sauda::base::Rng rng(5);
    IvRank rank(20, 10);
    std::vector<double> all;
    for (int i = 0; i < 100; ++i) {
        const double value = 0.1 + 0.2 * rng.uniform();
        rank.push(value);
        all.push_back(value);
        const std::size_t from = all.size() > 20 ? all.size() - 20 : 0;
        const std::vector<double> last(all.begin() + static_cast<std::ptrdiff_t>(from), all.end());
        if (last.size() < 10) {
            CHECK_FALSE(rank.rank(0.2).has_value());
            CHECK_FALSE(rank.percentile(0.2).has_value());
            continue;
        }
        const double low = *std::min_element(last.begin(), last.end());
        const double high = *std::max_element(last.begin(), last.end());
        const auto below =
            std::count_if(last.begin(), last.end(), [](double v) { return v < 0.2; });
        CHECK(rank.rank(0.2).value() == Approx(100.0 * (0.2 - low) / (high - low)));
        CHECK(rank.percentile(0.2).value() ==
              Approx(100.0 * static_cast<double>(below) / static_cast<double>(last.size())));
        CHECK(rank.rank(0.9).value() == 100.0);
        CHECK(rank.rank(0.01).value() == 0.0);
    }
}

TEST_CASE("A volatility that never moved has a percentile but no rank") {
    IvRank rank(5, 2);
    rank.push(0.15);
    rank.push(0.15);
    CHECK_FALSE(rank.rank(0.15).has_value());
    CHECK(rank.percentile(0.15).value() == 0.0);
    CHECK(rank.percentile(0.16).value() == 100.0);
}

TEST_CASE("A rank that was saved and loaded goes on alike") {
    IvRank rank(4, 2);
    for (const double v : {0.1, 0.2, 0.3, 0.15, 0.12}) {
        rank.push(v);
    }
    const std::string bytes = sauda::base::save_to_bytes(rank);
    IvRank loaded(1000, 5);
    sauda::base::BinaryReader reader(bytes);
    reader.read(loaded);
    REQUIRE((reader.ok() && reader.at_end()));
    for (const double v : {0.11, 0.4, 0.18}) {
        rank.push(v);
        loaded.push(v);
        CHECK(loaded.rank(0.17) == rank.rank(0.17));
        CHECK(loaded.percentile(0.17) == rank.percentile(0.17));
    }
}
