#include "services/cli/core/cause_trail.h"

#include <algorithm>

namespace sauda::cli {

using namespace domain;

namespace {

constexpr std::size_t kMarketDataKept = 512;
constexpr std::size_t kBarsKept = 16;
constexpr std::size_t kFactsKept = 1024;
constexpr std::size_t kChainMax = 16;

std::size_t kept_of(StreamId stream) {
    if (class_of(stream) == StreamClass::Journaled) {
        return kMarketDataKept;
    }
    return stream == StreamId::FeedBar ? kBarsKept : kFactsKept;
}

// Of a bar batch only the index and the forwards tell why somebody traded.
Message trimmed(const Message& message) {
    const auto* batch = std::get_if<BarBatch>(&message.payload);
    if (batch == nullptr) {
        return message;
    }
    BarBatch kept{batch->underlying, batch->start, batch->length, {}};
    for (const auto& bar : batch->bars) {
        if (bar.contract.kind() == ContractKind::Spot ||
            bar.contract.kind() == ContractKind::Synthetic) {
            kept.bars.push_back(bar);
        }
    }
    return {message.stream, message.seq, message.meta, std::move(kept)};
}

}  // namespace

void CauseTrail::add(const Message& message) {
    auto& kept = recent_[message.stream];
    kept.push_back(trimmed(message));
    if (kept.size() > kept_of(message.stream)) {
        kept.pop_front();
    }
}

const Message* CauseTrail::find(const Cause& cause) const {
    const auto stream = recent_.find(cause.stream);
    if (stream == recent_.end()) {
        return nullptr;
    }
    const auto& kept = stream->second;
    const auto it =
        std::lower_bound(kept.begin(), kept.end(), cause.seq,
                         [](const Message& message, uint64_t seq) { return message.seq < seq; });
    return it != kept.end() && it->seq == cause.seq ? &*it : nullptr;
}

std::vector<Message> CauseTrail::behind(const Message& message) const {
    std::vector<Message> chain;
    std::vector<Cause> open = message.meta.causes;
    for (std::size_t n = 0; n < open.size() && chain.size() < kChainMax; ++n) {
        const bool is_told = std::find(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(n),
                                       open[n]) != open.begin() + static_cast<std::ptrdiff_t>(n);
        const auto* parent = is_told ? nullptr : find(open[n]);
        if (parent == nullptr) {
            continue;
        }
        chain.push_back(*parent);
        open.insert(open.end(), parent->meta.causes.begin(), parent->meta.causes.end());
    }
    return chain;
}

std::optional<QuoteRange> CauseTrail::origin_of(const std::vector<Message>& chain) const {
    for (const auto& message : chain) {
        if (std::holds_alternative<QuoteBatch>(message.payload)) {
            return QuoteRange{message.stream, message.seq, message.seq, message.meta.known_time,
                              message.meta.known_time};
        }
    }
    for (const auto& message : chain) {
        if (const auto* bar = std::get_if<BarBatch>(&message.payload)) {
            return quotes_of(*bar);
        }
    }
    return std::nullopt;
}

std::optional<QuoteRange> CauseTrail::quotes_of(const BarBatch& bar) const {
    const auto stream = recent_.find(market_data_stream(bar.underlying));
    if (stream == recent_.end()) {
        return std::nullopt;
    }
    const Timestamp end = bar.start + bar.length;
    std::optional<QuoteRange> range;
    for (const auto& message : stream->second) {
        const Timestamp known = message.meta.known_time;
        if (known < bar.start || known >= end) {
            continue;
        }
        if (!range) {
            range = QuoteRange{stream->first, message.seq, message.seq, known, known};
        }
        range->last = message.seq;
        range->to = known;
    }
    return range;
}

void QuoteMemory::add(const Message& message) {
    const auto& batch = std::get<QuoteBatch>(message.payload);
    const Cause place{message.stream, message.seq};
    for (const auto& quote : batch.quotes) {
        QuoteSeen seen{quote, message.meta.known_time, place};
        const auto [it, is_new] = quotes_.try_emplace(quote.contract, Pair{seen, {}});
        if (!is_new) {
            it->second.before = std::move(it->second.last);
            it->second.last = std::move(seen);
        }
    }
}

std::optional<QuoteSeen> QuoteMemory::find(ContractId contract, std::optional<Cause> limit) const {
    const auto it = quotes_.find(contract);
    if (it == quotes_.end()) {
        return std::nullopt;
    }
    const auto& pair = it->second;
    const bool is_too_new =
        limit && limit->stream == pair.last.place.stream && pair.last.place.seq > limit->seq;
    return is_too_new ? pair.before : std::optional(pair.last);
}

}  // namespace sauda::cli
