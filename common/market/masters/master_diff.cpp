#include "common/market/masters/master_diff.h"

#include <algorithm>
#include <map>
#include <set>

namespace sauda::masters {

using namespace domain;

namespace {

std::string units_text(Quantity quantity) { return std::to_string(quantity.raw()); }

std::string rupees_text(Price price) {
    std::string text = std::to_string(10'000 + price.raw() % 10'000).substr(1);
    while (text.size() > 2 && text.back() == '0') {
        text.pop_back();
    }
    return std::to_string(price.raw() / 10'000) + "." + text;
}

void compare(const ListedContract& before, const ListedContract& after, std::vector<Change>& out) {
    if (before.lot != after.lot) {
        out.push_back({ChangeKind::LotChanged, after.contract, units_text(before.lot),
                       units_text(after.lot)});
    }
    if (before.tick && after.tick && before.tick != after.tick) {
        out.push_back({ChangeKind::TickChanged, after.contract, rupees_text(*before.tick),
                       rupees_text(*after.tick)});
    }
    if (before.freeze && after.freeze && before.freeze != after.freeze) {
        out.push_back({ChangeKind::FreezeChanged, after.contract, units_text(*before.freeze),
                       units_text(*after.freeze)});
    }
    if (before.token != after.token) {
        out.push_back({ChangeKind::TokenChanged, after.contract, before.token, after.token});
    }
}

bool is_same_but_expiry(ContractId a, ContractId b) {
    return a.exchange() == b.exchange() && a.underlying() == b.underlying() &&
           a.kind() == b.kind() && a.strike() == b.strike();
}

// A gone and a new contract under one token are one whose expiry the exchange has moved.
void join_moved(const Master& before, const Master& after, std::vector<Change>& changes) {
    std::map<std::pair<Segment, std::string_view>, Change*> gone;
    for (auto& change : changes) {
        if (change.kind == ChangeKind::Gone) {
            gone[{segment_of(change.contract), before.find(change.contract)->token}] = &change;
        }
    }
    std::set<ContractId> joined;
    for (auto& change : changes) {
        if (change.kind != ChangeKind::New) {
            continue;
        }
        const auto old =
            gone.find({segment_of(change.contract), after.find(change.contract)->token});
        if (old != gone.end() && is_same_but_expiry(old->second->contract, change.contract)) {
            joined.insert(old->second->contract);
            change.kind = ChangeKind::ExpiryMoved;
            change.before = domain::to_text(old->second->contract.expiry());
            change.after = domain::to_text(change.contract.expiry());
        }
    }
    std::erase_if(changes, [&](const Change& change) {
        return change.kind == ChangeKind::Gone && joined.count(change.contract) != 0;
    });
}

}  // namespace

std::string_view to_text(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::LotChanged:
            return "lot changed";
        case ChangeKind::ExpiryMoved:
            return "expiry moved";
        case ChangeKind::TickChanged:
            return "tick changed";
        case ChangeKind::FreezeChanged:
            return "freeze changed";
        case ChangeKind::TokenChanged:
            return "token changed";
        case ChangeKind::New:
            return "new";
        case ChangeKind::Gone:
            return "gone";
        case ChangeKind::Expired:
            return "expired";
    }
    return "";
}

std::vector<Change> changes_between(const Master& before, const Master& after) {
    std::vector<Change> changes;
    auto old = before.contracts.begin();
    auto now = after.contracts.begin();
    while (old != before.contracts.end() || now != after.contracts.end()) {
        const bool has_old = old != before.contracts.end();
        const bool has_now = now != after.contracts.end();
        if (!has_old || (has_now && now->contract < old->contract)) {
            changes.push_back({ChangeKind::New, now->contract, {}, {}});
            ++now;
        } else if (!has_now || old->contract < now->contract) {
            const auto expiry = old->contract.expiry();
            const bool is_over = expiry.days != 0 && expiry < after.as_of;
            changes.push_back(
                {is_over ? ChangeKind::Expired : ChangeKind::Gone, old->contract, {}, {}});
            ++old;
        } else {
            compare(*old, *now, changes);
            ++old;
            ++now;
        }
    }
    join_moved(before, after, changes);
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return a.kind < b.kind; });
    return changes;
}

bool looks_cut_short(const Master& before, const std::vector<Change>& changes) {
    const auto gone = static_cast<std::size_t>(
        std::count_if(changes.begin(), changes.end(),
                      [](const Change& change) { return change.kind == ChangeKind::Gone; }));
    const auto expired = static_cast<std::size_t>(
        std::count_if(changes.begin(), changes.end(),
                      [](const Change& change) { return change.kind == ChangeKind::Expired; }));
    const auto open = before.contracts.size() - expired;
    return open >= 20 && gone * 5 > open;
}

}  // namespace sauda::masters
