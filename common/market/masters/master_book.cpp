#include "common/market/masters/master_book.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sauda::masters {

using namespace domain;

namespace {

std::tuple<Segment, std::string_view> token_key(const ListedContract& listed) {
    return {segment_of(listed.contract), listed.token};
}

std::string said_by(const Master& master) {
    return " in " + std::string(to_text(master.broker)) + " of " + domain::to_text(master.as_of);
}

std::string tick_text(const ListedContract& listed) {
    return std::to_string(listed.tick->raw() / 10'000) + "." +
           std::to_string(10'000 + listed.tick->raw() % 10'000).substr(1);
}

}  // namespace

void MasterBook::add(Master master) {
    const auto before = [](const Master& a, const Master& b) {
        return std::tuple(a.broker, a.as_of) < std::tuple(b.broker, b.as_of);
    };
    const auto at = std::lower_bound(masters_.begin(), masters_.end(), master, before);
    const auto place = at - masters_.begin();
    Index index;
    index.by_token.resize(master.contracts.size());
    std::iota(index.by_token.begin(), index.by_token.end(), 0U);
    index.by_symbol = index.by_token;
    const auto& all = master.contracts;
    std::sort(index.by_token.begin(), index.by_token.end(),
              [&](uint32_t a, uint32_t b) { return token_key(all[a]) < token_key(all[b]); });
    std::sort(index.by_symbol.begin(), index.by_symbol.end(),
              [&](uint32_t a, uint32_t b) { return all[a].symbol < all[b].symbol; });
    if (at != masters_.end() && !before(master, *at)) {
        *at = std::move(master);
        indices_[static_cast<std::size_t>(place)] = std::move(index);
        return;
    }
    masters_.insert(at, std::move(master));
    indices_.insert(indices_.begin() + place, std::move(index));
}

std::optional<std::size_t> MasterBook::position(Broker broker, Date date) const {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < masters_.size(); ++i) {
        if (masters_[i].broker == broker && (!found || masters_[i].as_of <= date)) {
            found = i;
        }
    }
    return found;
}

std::vector<const Master*> MasterBook::in_force(Date date) const {
    std::vector<const Master*> list;
    for (const auto broker : kBrokers) {
        if (const auto at = position(broker, date)) {
            list.push_back(&masters_[*at]);
        }
    }
    return list;
}

std::vector<ContractId> MasterBook::contracts(Date date) const {
    std::vector<ContractId> all;
    for (const auto* master : in_force(date)) {
        const auto middle = static_cast<std::ptrdiff_t>(all.size());
        for (const auto& listed : master->contracts) {
            all.push_back(listed.contract);
        }
        std::inplace_merge(all.begin(), all.begin() + middle, all.end());
    }
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::optional<InstrumentFacts> MasterBook::find(ContractId contract, Date date) const {
    std::optional<InstrumentFacts> facts;
    Date tick_as_of;
    Date freeze_as_of;
    for (const auto* master : in_force(date)) {
        const auto* listed = master->find(contract);
        if (listed == nullptr) {
            continue;
        }
        if (!facts) {
            facts.emplace();
            facts->contract = contract;
        }
        if (facts->listings.empty() || facts->lot_as_of < master->as_of) {
            facts->lot = listed->lot;
            facts->lot_from = master->broker;
            facts->lot_as_of = master->as_of;
        }
        if (listed->tick && (!facts->tick || tick_as_of < master->as_of)) {
            facts->tick = listed->tick;
            tick_as_of = master->as_of;
        }
        if (listed->freeze && (!facts->freeze || freeze_as_of < master->as_of)) {
            facts->freeze = listed->freeze;
            freeze_as_of = master->as_of;
        }
        facts->listings.push_back(
            {master->broker, listed->token, listed->symbol, master->as_of, master->source});
    }
    return facts;
}

std::optional<ContractId> MasterBook::by_token(Broker broker, Segment segment,
                                               std::string_view token, Date date) const {
    const auto at = position(broker, date);
    if (!at) {
        return std::nullopt;
    }
    const auto& all = masters_[*at].contracts;
    const auto& order = indices_[*at].by_token;
    const auto found = std::lower_bound(
        order.begin(), order.end(), std::tuple(segment, token),
        [&](uint32_t i, const auto& wanted) { return token_key(all[i]) < wanted; });
    if (found == order.end() || token_key(all[*found]) != std::tuple(segment, token)) {
        return std::nullopt;
    }
    return all[*found].contract;
}

std::optional<ContractId> MasterBook::by_symbol(Broker broker, std::string_view symbol,
                                                Date date) const {
    const auto at = position(broker, date);
    if (!at || symbol.empty()) {
        return std::nullopt;
    }
    const auto& all = masters_[*at].contracts;
    const auto& order = indices_[*at].by_symbol;
    const auto found =
        std::lower_bound(order.begin(), order.end(), symbol,
                         [&](uint32_t i, std::string_view text) { return all[i].symbol < text; });
    if (found == order.end() || all[*found].symbol != symbol) {
        return std::nullopt;
    }
    // ICICI gives one name to a whole underlying: that is no name of a contract.
    const auto next = std::next(found);
    const bool is_shared = next != order.end() && all[*next].symbol == symbol;
    return is_shared ? std::nullopt : std::optional(all[*found].contract);
}

std::vector<Disagreement> MasterBook::disagreements(Date date) const {
    std::vector<Disagreement> list;
    const auto current = in_force(date);
    for (const auto contract : contracts(date)) {
        const Master* first = nullptr;
        const Master* ticked = nullptr;
        for (const auto* master : current) {
            const auto* listed = master->find(contract);
            if (listed == nullptr) {
                continue;
            }
            if (first != nullptr && first->find(contract)->lot != listed->lot) {
                list.push_back({contract, "lot",
                                std::to_string(first->find(contract)->lot.raw()) + said_by(*first) +
                                    ", " + std::to_string(listed->lot.raw()) + said_by(*master)});
            }
            if (ticked != nullptr && listed->tick && ticked->find(contract)->tick != listed->tick) {
                list.push_back({contract, "tick",
                                tick_text(*ticked->find(contract)) + said_by(*ticked) + ", " +
                                    tick_text(*listed) + said_by(*master)});
            }
            first = first == nullptr ? master : first;
            ticked = ticked == nullptr && listed->tick ? master : ticked;
        }
    }
    return list;
}

}  // namespace sauda::masters
