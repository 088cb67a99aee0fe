#include "common/indicators/order_blocks.h"

namespace sauda::indicators {

OrderBlocks::OrderBlocks(const OrderBlocksSettings& settings)
    : settings_(settings), structure_(settings.left, settings.right), atr_(settings.atr_period) {
    INVARIANT(settings.displacement_atr >= 0.0);
    INVARIANT(settings.max_blocks > 0 && settings.max_blocks <= 256);
    blocks_.reserve(settings.max_blocks);
}

void OrderBlocks::push(const BarInput& bar) {
    structure_.push(bar);
    atr_.push(bar.high, bar.low, bar.close);
    const uint64_t now = structure_.swings().bars() - 1;
    age(bar);
    new_block_.reset();
    if (structure_.new_break() && atr_.is_ready()) {
        find(bar, structure_.new_break()->direction, now);
    }
    if (bar.close < bar.open) {
        last_down_ = Candle{bar.low, bar.high, now};
    } else if (bar.close > bar.open) {
        last_up_ = Candle{bar.low, bar.high, now};
    }
}

void OrderBlocks::age(const BarInput& bar) {
    for (auto& block : blocks_) {
        if (!block.is_tested && bar.low <= block.top && bar.high >= block.bottom) {
            block.is_tested = true;
            ++counts_.tested;
        }
    }
    counts_.broken += std::erase_if(blocks_, [&](const OrderBlock& block) {
        return block.direction == Direction::Up ? bar.close < block.bottom : bar.close > block.top;
    });
}

void OrderBlocks::find(const BarInput& bar, Direction direction, uint64_t now) {
    const bool is_up = direction == Direction::Up;
    auto& source = is_up ? last_down_ : last_up_;
    if (!source || now - source->bar > settings_.max_distance) {
        return;
    }
    const double move = is_up ? bar.close - source->low : source->high - bar.close;
    const bool has_left = is_up ? bar.close > source->high : bar.close < source->low;
    if (!has_left || move < settings_.displacement_atr * atr_.value()) {
        return;
    }
    if (blocks_.size() == settings_.max_blocks) {
        blocks_.erase(blocks_.begin());
        ++counts_.dropped;
    }
    new_block_ = OrderBlock{direction, source->low, source->high, source->bar, now, false};
    blocks_.push_back(*new_block_);
    ++counts_.found;
    source.reset();  // a bar makes one block
}

}  // namespace sauda::indicators
