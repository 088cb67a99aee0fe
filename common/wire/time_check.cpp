#include "common/wire/time_check.h"

#include "common/wire/format.h"

namespace sauda::wire {

namespace {

constexpr std::size_t kSlotsMin = 1024;

std::string moment(base::Timestamp t) {
    return domain::to_text(base::ist_date(t)) + " " + ist_clock_ms(t);
}

std::string goes_back(base::Timestamp from, base::Timestamp to) {
    return moment(to) + " is before " + moment(from);
}

std::size_t spread(uint64_t contract) {
    return static_cast<std::size_t>((contract * 0x9E3779B97F4A7C15ULL) >> 32U);
}

}  // namespace

std::optional<Refusal> TimeOrder::check(domain::StreamId stream, const domain::Meta& meta) {
    auto& known = known_[stream];
    if (meta.known_time < known) {
        return Refusal{"time backwards",
                       "known_time",
                       goes_back(known, meta.known_time) + " on " + topic_of(stream),
                       {}};
    }
    known = meta.known_time;
    return std::nullopt;
}

void TimeOrder::check(domain::QuoteBatch& batch, std::vector<Refusal>& refusals) {
    std::erase_if(batch.quotes, [&](const domain::Quote& quote) {
        Slot& slot = slot_of(quote.contract.raw());
        if (quote.event_time.ns < slot.event_time) {
            refusals.push_back({"time backwards", "event_time",
                                goes_back({slot.event_time}, quote.event_time), quote.contract});
            return true;
        }
        slot.event_time = quote.event_time.ns;
        return false;
    });
}

TimeOrder::Slot& TimeOrder::slot_of(uint64_t contract) {
    if (slots_.size() < 2 * (used_ + 1)) {
        grow();
    }
    std::size_t i = spread(contract) & (slots_.size() - 1);
    while (slots_[i].contract != contract && slots_[i].contract != 0) {
        i = (i + 1) & (slots_.size() - 1);
    }
    if (slots_[i].contract == 0) {
        slots_[i].contract = contract;
        used_ += contract != 0 ? 1U : 0U;
    }
    return slots_[i];
}

void TimeOrder::grow() {
    std::vector<Slot> old(slots_.empty() ? kSlotsMin : slots_.size() * 2);
    old.swap(slots_);
    for (const auto& slot : old) {
        if (slot.contract != 0) {
            std::size_t i = spread(slot.contract) & (slots_.size() - 1);
            while (slots_[i].contract != 0) {
                i = (i + 1) & (slots_.size() - 1);
            }
            slots_[i] = slot;
        }
    }
}

}  // namespace sauda::wire
