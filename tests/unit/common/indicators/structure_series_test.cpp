#include "common/base/rng.h"
#include "common/indicators/fair_value_gaps.h"
#include "common/indicators/liquidity_zones.h"
#include "common/indicators/market_regime.h"
#include "common/indicators/opening_range.h"
#include "common/indicators/order_blocks.h"
#include "common/indicators/swing_levels.h"
#include "tests/support/documented_table.h"

#include <catch2/catch.hpp>
#include <zstd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

// Five months of real 1-minute bars, and the same bars in another order: what the definitions find
// there, by month, for docs/accuracy/indicators_structure.md.
namespace sauda::indicators {

namespace {

struct Minute {
    int month = 0;   // 1 to 12
    int day = 0;     // 20240131
    int minute = 0;  // from 09:15 to the bar's beginning
    BarInput bar;
};

std::string data_file() {
    const char* given = std::getenv("SAUDA_TEST_DATA");
    const char* root = std::getenv("SAUDA_SOURCE_DIR");
    const std::string folder =
        given != nullptr ? given : (root != nullptr ? std::string(root) + "/../shared/data" : "");
    const std::string path = folder + "/index_1min_2024/NIFTY_2024-01_05.csv.zst";
    return std::filesystem::exists(path) ? path : std::string();
}

std::string unpacked(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string packed{std::istreambuf_iterator<char>(in), {}};
    const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(),
                                                                            &ZSTD_freeDStream);
    std::string text;
    std::vector<char> buffer(ZSTD_DStreamOutSize());
    ZSTD_inBuffer input{packed.data(), packed.size(), 0};
    while (input.pos < input.size) {
        ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
        const auto left = ZSTD_decompressStream(stream.get(), &output, &input);
        REQUIRE(ZSTD_isError(left) == 0);
        text.append(buffer.data(), output.pos);
    }
    return text;
}

// Instrument,Date,Time,Open,High,Low,Close from 09:15 to 15:29.
std::vector<Minute> read_minutes(const std::string& path) {
    std::istringstream text(unpacked(path));
    std::string line;
    std::getline(text, line);
    std::vector<Minute> minutes;
    while (std::getline(text, line)) {
        Minute m;
        int hour = 0;
        int minute = 0;
        REQUIRE(std::sscanf(line.c_str(), "NIFTY,%d,%d:%d,%lf,%lf,%lf,%lf", &m.day, &hour, &minute,
                            &m.bar.open, &m.bar.high, &m.bar.low, &m.bar.close) == 7);
        m.month = m.day / 100 % 100;
        m.minute = hour * 60 + minute - (9 * 60 + 15);
        if (m.minute < 0 || m.minute >= 375) {
            continue;  // pre-open, and rubbish after the close
        }
        REQUIRE(is_sound(m.bar));
        minutes.push_back(m);
    }
    return minutes;
}

// The same bars, each as moves in per cent, in another order: what chance alone would show.
std::vector<Minute> shuffled(std::vector<Minute> minutes) {
    std::vector<BarInput> moves;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const auto& bar = minutes[i].bar;
        const bool opens = i == 0 || minutes[i].day != minutes[i - 1].day;
        const double before = opens ? bar.open : minutes[i - 1].bar.close;
        moves.push_back(
            {bar.open / before, bar.high / before, bar.low / before, bar.close / before, 0.0});
    }
    base::Rng rng(2024);
    for (std::size_t i = moves.size(); i > 1; --i) {
        std::swap(moves[i - 1], moves[rng.below(i)]);
    }
    double price = minutes.front().bar.open;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const auto& move = moves[i];
        minutes[i].bar = {price * move.open, price * move.high, price * move.low,
                          price * move.close, 0.0};
        price = minutes[i].bar.close;
    }
    return minutes;
}

// Counts of one month, or of all.
struct Found {
    uint64_t sessions = 0, bars = 0, swings = 0, bos = 0, choch = 0;
    OrderBlockCounts blocks;
    FairValueGapCounts gaps;
    LiquidityCounts liquidity;
    uint64_t range_up = 0, range_down = 0;
    std::array<uint64_t, kRegimes> regime{};
    uint64_t labelled = 0, changes = 0;
};

// Everything, fed together.
class Run {
 public:
    void push(const Minute& m) {
        if (m.day != day_) {
            day_ = m.day;
            ++found.sessions;
            gaps_.start_session();
            regime_.start_session();
            range_.start_session();
        }
        ++found.bars;
        blocks_.push(m.bar);
        gaps_.push(m.bar);
        zones_.push(m.bar);
        const auto first = range_.first_break();
        range_.push(m.bar, static_cast<uint32_t>(m.minute + 1));
        found.range_up += first == Direction::None && range_.first_break() == Direction::Up;
        found.range_down += first == Direction::None && range_.first_break() == Direction::Down;
        const auto& structure = blocks_.structure();
        found.swings += structure.swings().new_high() ? 1 : 0;
        found.swings += structure.swings().new_low() ? 1 : 0;
        if (structure.new_break()) {
            ++(structure.new_break()->is_change_of_character ? found.choch : found.bos);
        }
        const auto label = regime_.label();
        regime_.push(m.bar);
        if (regime_.label()) {
            ++found.regime[static_cast<std::size_t>(*regime_.label())];
            ++found.labelled;
            found.changes += label != regime_.label() ? 1 : 0;
        }
        found.blocks = blocks_.counts();
        found.gaps = gaps_.counts();
        found.liquidity = zones_.counts();
    }
    // What is live adds up with what was found and went.
    void check() const {
        const auto& b = blocks_.counts();
        CHECK(b.found == b.broken + b.dropped + blocks_.blocks().size());
        const auto& g = gaps_.counts();
        CHECK(g.found == g.filled + g.dropped + gaps_.gaps().size());
        CHECK(found.regime[0] + found.regime[1] + found.regime[2] == found.labelled);
    }
    [[nodiscard]] const MarketRegime& regime() const { return regime_; }

    Found found;

 private:
    int day_ = 0;
    OrderBlocks blocks_;
    FairValueGaps gaps_;
    LiquidityZones zones_;
    OpeningRange range_;
    MarketRegime regime_;
};

Found operator-(Found a, const Found& b) {
    a.sessions -= b.sessions;
    a.bars -= b.bars;
    a.swings -= b.swings;
    a.bos -= b.bos;
    a.choch -= b.choch;
    a.blocks.found -= b.blocks.found;
    a.blocks.tested -= b.blocks.tested;
    a.blocks.broken -= b.blocks.broken;
    a.gaps.found -= b.gaps.found;
    a.gaps.partially -= b.gaps.partially;
    a.gaps.filled -= b.gaps.filled;
    a.liquidity.pools -= b.liquidity.pools;
    a.liquidity.swept -= b.liquidity.swept;
    a.liquidity.broken -= b.liquidity.broken;
    a.range_up -= b.range_up;
    a.range_down -= b.range_down;
    for (std::size_t j = 0; j < kRegimes; ++j) {
        a.regime[j] -= b.regime[j];
    }
    a.labelled -= b.labelled;
    a.changes -= b.changes;
    return a;
}

// Rounded to whole per cent.
std::string percent(uint64_t part, uint64_t whole) {
    return whole == 0 ? "-" : std::to_string((200 * part + whole) / (2 * whole)) + " %";
}

std::string structure_row(const std::string& name, const Found& f) {
    std::ostringstream row;
    row << "| " << name << " | " << f.sessions << " | " << f.swings << " | " << f.bos << " | "
        << f.choch << " | " << f.blocks.found << " | " << percent(f.blocks.tested, f.blocks.found)
        << " | " << f.gaps.found << " | " << percent(f.gaps.partially, f.gaps.found) << " | "
        << percent(f.gaps.filled, f.gaps.found) << " | " << f.liquidity.pools << " | "
        << percent(f.liquidity.swept, f.liquidity.swept + f.liquidity.broken) << " | " << f.range_up
        << " / " << f.range_down << " |\n";
    return row.str();
}

std::string regime_row(const std::string& name, const Found& f) {
    std::ostringstream row;
    row << "| " << name << " | " << f.labelled << " | ";
    for (const uint64_t bars : f.regime) {
        row << percent(bars, f.labelled) << " | ";
    }
    row << (f.labelled + f.changes / 2) / std::max<uint64_t>(1, f.changes) << " |\n";
    return row.str();
}

const char* const kStructureHead =
    "| | sessions | swings | BOS | CHoCH | order blocks | tested | gaps | touched | filled | "
    "pools | swept | first break up / down |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    "\n";
const char* const kRegimeHead =
    "| | bars | trend | range | volatile | bars till it changes |\n|---|---|---|---|---|---|\n";

struct Tables {
    std::string structure = kStructureHead;
    std::string regime = kRegimeHead;
};

void add_all(Tables& tables, const std::string& name, const Found& found) {
    tables.structure += structure_row(name, found);
    tables.regime += regime_row(name, found);
}

}  // namespace

TEST_CASE("five months of minutes: what the definitions find, beside the same bars shuffled") {
    const std::string path = data_file();
    if (path.empty()) {
        WARN("skipped: index_1min_2024 is not there (SAUDA_TEST_DATA)");
        return;
    }
    const auto minutes = read_minutes(path);
    REQUIRE(minutes.size() > 30'000);
    Tables tables;
    Run run;
    Found before;
    std::array<Found, 7> by_hour{};  // 09 to 15
    for (std::size_t i = 0; i < minutes.size(); ++i) {
        const Found last = run.found;
        run.push(minutes[i]);
        const Found now = run.found - last;
        auto& hour = by_hour[static_cast<std::size_t>((minutes[i].minute + 15) / 60)];
        for (std::size_t j = 0; j < kRegimes; ++j) {
            hour.regime[j] += now.regime[j];
        }
        hour.labelled += now.labelled;
        hour.changes += now.changes;
        if (i + 1 == minutes.size() || minutes[i + 1].month != minutes[i].month) {
            add_all(tables, "2024-0" + std::to_string(minutes[i].month), run.found - before);
            before = run.found;
        }
    }
    run.check();
    add_all(tables, "all", run.found);
    Run chance;
    for (const auto& minute : shuffled(minutes)) {
        chance.push(minute);
    }
    chance.check();
    add_all(tables, "shuffled", chance.found);
    for (std::size_t h = 0; h < by_hour.size(); ++h) {
        const std::string name = h == 0 ? "from 09:15" : "from " + std::to_string(9 + h) + ":00";
        tables.regime += regime_row(name, by_hour[h]);
    }
    CHECK(run.found.swings > run.found.sessions * 20);
    CHECK(by_hour[0].regime[2] * 4 > by_hour[0].labelled);   // the first 45 minutes are wild
    CHECK(by_hour[3].regime[2] * 20 < by_hour[3].labelled);  // noon is not
    const std::string page = "docs/accuracy/indicators_structure.md";
    CHECK(test::documented_table(page, "structure", tables.structure) == "");
    CHECK(test::documented_table(page, "regime", tables.regime) == "");
}

}  // namespace sauda::indicators
