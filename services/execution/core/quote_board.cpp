#include "services/execution/core/quote_board.h"

#include <algorithm>

namespace sauda::execution {

using base::Price;
using base::Quantity;
using domain::Quote;

void QuoteBoard::observe(const domain::SourceInfo& source) {
    sources_[source.underlying] = {source.interval, source.has_depth};
}

const BoardQuote& QuoteBoard::observe(const Quote& quote, base::Timestamp known_time,
                                      Quantity& previous_volume) {
    const auto [slot, is_new] =
        slots_.try_emplace(quote.contract.raw(), static_cast<uint32_t>(quotes_.size()));
    if (is_new) {
        quotes_.emplace_back();
        previous_volume = quote.volume;
    }
    BoardQuote& entry = quotes_[slot->second];
    if (!is_new) {
        previous_volume = entry.quote.volume;
    }
    entry.quote = quote;
    entry.known_time = known_time;
    ++entry.version;
    take_sides(entry);
    return entry;
}

void QuoteBoard::take_sides(BoardQuote& entry) const {
    const Quote& quote = entry.quote;
    const auto source = sources_.find(quote.contract.underlying());
    entry.has_depth = (quote.flags & domain::kQuoteNoDepth) == 0 &&
                      (source == sources_.end() || source->second.has_depth);
    entry.modelled = !entry.has_depth || (quote.flags & domain::kQuoteModelled) != 0;
    entry.bid = quote.bid;
    entry.ask = quote.ask;
    entry.bid_size = quote.bid_size;
    entry.ask_size = quote.ask_size;
    if (!entry.has_depth) {
        entry.bid = entry.ask = Price{};
        if (quote.last.is_positive()) {
            const Price half =
                std::max(half_spread_.minimum, quote.last.scaled(half_spread_.ratio, 1'000'000));
            const Price low = quote.last > half ? quote.last - half : Price{};
            entry.bid = std::max(base::floor_to_tick(low, half_spread_.tick), half_spread_.tick);
            entry.ask = base::ceil_to_tick(quote.last + half, half_spread_.tick);
        }
    }
    if (entry.modelled) {  // a modelled side without a size is unlimited
        entry.bid_size = entry.bid_size.is_positive() ? entry.bid_size : Quantity::max();
        entry.ask_size = entry.ask_size.is_positive() ? entry.ask_size : Quantity::max();
    }
    entry.last_bid = entry.bid.is_positive() ? entry.bid : entry.last_bid;
    entry.last_ask = entry.ask.is_positive() ? entry.ask : entry.last_ask;
}

const BoardQuote* QuoteBoard::find(domain::ContractId contract) const {
    const auto found = slots_.find(contract.raw());
    return found == slots_.end() ? nullptr : &quotes_[found->second];
}

base::Duration QuoteBoard::interval(domain::Underlying underlying) const {
    const auto source = sources_.find(underlying);
    return source == sources_.end() ? base::Duration{} : source->second.interval;
}

void QuoteBoard::rebuild() {
    slots_.clear();
    for (uint32_t i = 0; i < quotes_.size(); ++i) {
        slots_[quotes_[i].quote.contract.raw()] = i;
    }
}

}  // namespace sauda::execution
