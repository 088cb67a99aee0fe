#pragma once

#include "common/indicators/atr.h"
#include "common/indicators/market_structure.h"

#include <algorithm>

namespace sauda::indicators {

// A zone of prices: [bottom, top] of the bar it was taken from.
struct OrderBlock {
    Direction direction = Direction::None;  // Up: a demand zone below, Down: a supply zone above
    double bottom = 0.0;
    double top = 0.0;
    uint64_t bar = 0;        // the bar the zone is taken from
    uint64_t known_at = 0;   // the bar that broke the structure
    bool is_tested = false;  // a later bar has traded in it
    bool operator==(const OrderBlock&) const = default;
    SAUDA_FIELDS(direction, bottom, top, bar, known_at, is_tested)
};

struct OrderBlocksSettings {
    uint32_t left = 5;              // bars, of the swings
    uint32_t right = 5;             // bars, of the swings
    uint32_t atr_period = 14;       // bars
    double displacement_atr = 2.0;  // least move from the zone's far side to the breaking close
    uint32_t max_distance = 20;     // bars from the zone's bar to the break, at most
    uint32_t max_blocks = 24;       // kept at most, both directions together
    SAUDA_FIELDS(left, right, atr_period, displacement_atr, max_distance, max_blocks)
};

struct OrderBlockCounts {
    uint64_t found = 0;
    uint64_t tested = 0;   // at least once
    uint64_t broken = 0;   // closed through
    uint64_t dropped = 0;  // gave way to younger ones
    bool operator==(const OrderBlockCounts&) const = default;
    SAUDA_FIELDS(found, tested, broken, dropped)
};

// Order blocks: where the move that broke the structure set out. When bar t breaks it upwards
// (MarketStructure: BOS or CHoCH), the block is the last bar before t that closed below its open,
// at most max_distance bars back, if t closed above that bar's high and at least displacement_atr x
// ATR[t] above its low. Downwards mirrors it. Known at the close of t. A bar makes one block at
// most. From bar t + 1 on a bar whose range meets the zone tests it; a close beyond the zone's far
// side (below bottom, for Up) breaks it and removes it. Of more than max_blocks the oldest goes.
class OrderBlocks {
 public:
    explicit OrderBlocks(const OrderBlocksSettings& settings = {});

    void push(const BarInput& bar);

    [[nodiscard]] bool is_ready() const { return atr_.is_ready() && structure_.is_ready(); }
    // The live ones, oldest first.
    [[nodiscard]] const std::vector<OrderBlock>& blocks() const { return blocks_; }
    // Found by the last bar, if any.
    [[nodiscard]] const std::optional<OrderBlock>& new_block() const { return new_block_; }
    [[nodiscard]] const OrderBlockCounts& counts() const { return counts_; }
    [[nodiscard]] const MarketStructure& structure() const { return structure_; }

    // The youngest zone of each direction.
    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        const auto show = [&](Direction direction, const char* bottom, const char* top) {
            const auto at = std::find_if(blocks_.rbegin(), blocks_.rend(),
                                         [&](const auto& x) { return x.direction == direction; });
            visit(bottom, when(at != blocks_.rend(), [&] { return at->bottom; }));
            visit(top, when(at != blocks_.rend(), [&] { return at->top; }));
        };
        show(Direction::Up, "up_bottom", "up_top");
        show(Direction::Down, "down_bottom", "down_top");
        visit("live", when(is_ready(), [&] { return static_cast<double>(blocks_.size()); }));
    }

    SAUDA_FIELDS(settings_, structure_, atr_, blocks_, last_down_, last_up_, new_block_, counts_)

 private:
    // The last bar of one colour.
    struct Candle {
        double low = 0.0;
        double high = 0.0;
        uint64_t bar = 0;
        SAUDA_FIELDS(low, high, bar)
    };

    void age(const BarInput& bar);
    void find(const BarInput& bar, Direction direction, uint64_t now);

    OrderBlocksSettings settings_;
    MarketStructure structure_;
    Atr atr_;
    std::vector<OrderBlock> blocks_;
    std::optional<Candle> last_down_;  // none once it has made its block
    std::optional<Candle> last_up_;
    std::optional<OrderBlock> new_block_;
    OrderBlockCounts counts_;
};

}  // namespace sauda::indicators
