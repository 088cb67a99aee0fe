#include "common/chain/chain_state.h"

#include <algorithm>

namespace sauda::chain {

using base::Timestamp;
using domain::ContractId;
using domain::ContractKind;
using domain::Date;
using domain::Quote;

namespace {

constexpr int64_t kMinute = 60'000'000'000;
constexpr int64_t kWholeMinutesAbove = 2'000;

options::OptionTick tick_of(const Quote& quote) {
    return {quote.bid.rupees(), quote.ask.rupees(), quote.last.rupees(),
            static_cast<double>(quote.volume.raw()),
            static_cast<double>(quote.open_interest.raw())};
}

}  // namespace

double minutes_left(Timestamp now, Timestamp settles_at) {
    const int64_t left = (settles_at - now).ns;
    if (left <= kWholeMinutesAbove * kMinute) {
        return static_cast<double>(left) / static_cast<double>(kMinute);
    }
    return static_cast<double>((left + kMinute - 1) / kMinute);
}

uint32_t ChainState::expiry_index(Date date) {
    const auto at = std::lower_bound(by_date_.begin(), by_date_.end(), date,
                                     [&](uint32_t i, Date d) { return expiries_[i].date < d; });
    if (at != by_date_.end() && expiries_[*at].date == date) {
        return *at;
    }
    const auto index = static_cast<uint32_t>(expiries_.size());
    by_date_.insert(at, index);
    expiries_.emplace_back().date = date;
    return index;
}

void ChainState::add_slot(ContractId contract) {
    const uint32_t expiry = expiry_index(contract.expiry());
    slots_[contract.raw()] = {expiry,
                              expiries_[expiry].chain.add_strike(contract.strike().rupees()),
                              contract.kind() == ContractKind::Call};
}

const ChainState::Slot& ChainState::slot_of(ContractId contract) {
    const auto found = slots_.find(contract.raw());
    if (found != slots_.end()) {
        return found->second;
    }
    contracts_.push_back(contract);
    add_slot(contract);
    return slots_.at(contract.raw());
}

void ChainState::take(const domain::Instrument& instrument) {
    if (!instrument.contract.is_option() || !instrument.expires_at.is_set()) {
        return;
    }
    auto& expiry = expiries_[expiry_index(instrument.contract.expiry())];
    const double tick = instrument.tick.rupees();
    if (expiry.settles_at == instrument.expires_at && !(tick < expiry.tick || tick > expiry.tick)) {
        return;
    }
    expiry.settles_at = instrument.expires_at;
    expiry.tick = tick;
    expiry.has_changed = expiry.chain.size() > 0;
}

void ChainState::update(const Quote& quote, Timestamp known) {
    advance(known);
    updated_at_ = known;
    const ContractId contract = quote.contract;
    if (contract.is_option()) {
        const Slot& slot = slot_of(contract);
        auto& expiry = expiries_[slot.expiry];
        const bool has_moved =
            expiry.chain.update(slot.handle, slot.is_call, tick_of(quote), known);
        // Quotes that only come again may still leave others behind to grow stale.
        const bool is_due =
            config_.quote_life.ns > 0 && known - expiry.chain.as_of() > config_.quote_life;
        expiry.has_changed = expiry.has_changed || has_moved || is_due;
        has_pending_ = has_pending_ || expiry.has_changed;
        pending_window_ = known.ns / config_.grid.ns;
    } else if (contract.kind() == ContractKind::Spot) {
        spot_ = quote;
    } else if (contract.kind() == ContractKind::Future) {
        const auto found = std::find_if(futures_.begin(), futures_.end(), [&](const Quote& other) {
            return other.contract == contract;
        });
        (found != futures_.end() ? *found : futures_.emplace_back()) = quote;
    }
}

void ChainState::update(const domain::QuoteBatch& batch, Timestamp known) {
    for (const auto& quote : batch.quotes) {
        update(quote, known);
    }
}

void ChainState::advance(Timestamp now) {
    if (has_pending_ && now.ns / config_.grid.ns > pending_window_) {
        refresh_changed(Timestamp{(pending_window_ + 1) * config_.grid.ns});
    }
}

void ChainState::refresh(Timestamp now) { refresh_changed(now); }

// Near expiries first: a later smile must not cross the one before it.
void ChainState::refresh_changed(Timestamp as_of) {
    has_pending_ = false;
    uint32_t followed = 0;
    const options::Smile* earlier = nullptr;
    for (const uint32_t index : by_date_) {
        auto& expiry = expiries_[index];
        if (expiry.chain.size() == 0) {
            continue;
        }
        const bool is_settled = expiry.settles_at.is_set() && expiry.settles_at <= as_of;
        if (!is_settled && ++followed > config_.expiries_followed) {
            break;
        }
        if (expiry.has_changed || is_settled) {
            expiry.has_changed = false;
            const double minutes =
                expiry.settles_at.is_set() ? minutes_left(as_of, expiry.settles_at) : 0.0;
            expiry.chain.refresh({as_of, minutes, config_.rate, expiry.tick, config_.quote_life,
                                  earlier, config_.fits_smile});
        }
        if (expiry.chain.smile()) {
            earlier = &*expiry.chain.smile();
        }
    }
}

void ChainState::clear() { *this = ChainState(config_); }

// What follows from the fields. Bytes of a damaged file may hold anything.
void ChainState::finish_reading() {
    slots_.clear();
    by_date_.clear();
    for (uint32_t i = 0; i < expiries_.size(); ++i) {
        by_date_.push_back(i);
    }
    std::sort(by_date_.begin(), by_date_.end(),
              [&](uint32_t a, uint32_t b) { return expiries_[a].date < expiries_[b].date; });
    for (const auto contract : contracts_) {
        if (contract.is_valid() && contract.is_option()) {
            add_slot(contract);
        }
    }
}

const ChainState::Expiry* ChainState::find_expiry(Date date) const {
    for (const auto& expiry : expiries_) {
        if (expiry.date == date) {
            return &expiry;
        }
    }
    return nullptr;
}

std::vector<Date> ChainState::expiries() const {
    std::vector<Date> dates;
    for (const uint32_t index : by_date_) {
        if (expiries_[index].chain.size() > 0) {
            dates.push_back(expiries_[index].date);
        }
    }
    return dates;
}

const options::ExpiryChain* ChainState::find(Date expiry) const {
    const auto* found = find_expiry(expiry);
    return found == nullptr || found->chain.size() == 0 ? nullptr : &found->chain;
}

std::optional<Date> ChainState::nearest(Timestamp now) const {
    for (const uint32_t index : by_date_) {
        if (expiries_[index].settles_at > now && expiries_[index].chain.size() > 0) {
            return expiries_[index].date;
        }
    }
    return std::nullopt;
}

std::optional<Timestamp> ChainState::settles_at(Date expiry) const {
    const auto* found = find_expiry(expiry);
    return found == nullptr || !found->settles_at.is_set() ? std::nullopt
                                                           : std::optional(found->settles_at);
}

std::optional<Quote> ChainState::future(Date expiry) const {
    for (const auto& quote : futures_) {
        if (quote.contract.expiry() == expiry) {
            return quote;
        }
    }
    return std::nullopt;
}

}  // namespace sauda::chain
