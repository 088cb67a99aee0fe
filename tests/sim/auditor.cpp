#include "tests/sim/auditor.h"

#include "common/domain/message_order.h"
#include "common/wire/codec.h"

namespace sauda::test {

using domain::OrderEventKind;
using domain::Quantity;

void Auditor::demand(bool condition, const std::string& otherwise) {
    if (!condition && !breach_) {
        breach_ = otherwise;
    }
}

void Auditor::on_commit(domain::Service service, const store::Batch& batch) {
    for (const auto& row : batch.outbox) {
        const auto stream = static_cast<domain::StreamId>(row.stream);
        demand(domain::owner_of(stream) == service, "a service wrote to another's stream");
        demand(row.seq == ++seqs_[stream],
               domain::topic_of(stream) + " has a hole or a repeat at " + std::to_string(row.seq));
        auto decoded = wire::decode(stream, row.schema, row.payload);
        if (!decoded) {
            demand(false, domain::topic_of(stream) + ": " + decoded.error().text);
            return;
        }
        read({.stream = stream,
              .seq = row.seq,
              .meta = std::move(decoded->meta),
              .payload = std::move(decoded->payload)});
    }
    if (!batch.outbox.empty() && service == domain::Service::Execution) {
        check_exits();
    }
}

void Auditor::read(const domain::Message& message) {
    if (domain::is_hashed(message.stream)) {
        hash_.add(message);
    }
    // Risk's notes repeat what execution said: they are no facts of their own.
    if (message.stream == domain::StreamId::RiskExposure) {
        return;
    }
    std::visit(
        [this](const auto& payload) {
            if constexpr (requires { on(payload); }) {
                on(payload);
            }
        },
        message.payload);
}

void Auditor::on(const domain::Intent& intent) {
    ++counts_["intents"];
    demand(intents_.emplace(intent.id, 0).second,
           "intent " + std::to_string(intent.id) + " was made twice");
}

void Auditor::on(const domain::Decision& decision) {
    const bool is_denied = decision.verdict == domain::Verdict::Denied;
    ++counts_[is_denied ? "denied" : "approved"];
    const uint64_t group = decision.intent.group != 0 ? decision.intent.group : decision.intent.id;
    demand(approvals_.emplace(decision.id, is_denied ? std::nullopt : std::optional(group)).second,
           "decision " + std::to_string(decision.id) + " was made twice");
    if (decision.intent.bot == "flatten") {
        return;  // risk's own, without an intent of the strategy
    }
    const auto asked = intents_.find(decision.intent.id);
    demand(asked != intents_.end(), "a decision on an intent nobody made");
    demand(asked == intents_.end() || ++asked->second == 1,
           "intent " + std::to_string(decision.intent.id) + " was decided twice");
}

void Auditor::on(const domain::OrderEvent& event) {
    const auto name = to_text(event.child);
    if (event.kind == OrderEventKind::Placed) {
        ++counts_["orders"];
        const auto approval = approvals_.find(event.decision);
        demand(approval != approvals_.end() && approval->second == event.child.group,
               "order " + name + " without an approval");
        demand(placed_.insert(event.child).second, "order " + name + " was placed twice");
        if (event.child.is_exit) {
            exits_[event.child] = {event.contract, event.quantity};
        }
    }
    demand(placed_.contains(event.child), "a report for order " + name + ", never placed");
    counts_["partial fills"] += event.kind == OrderEventKind::PartialFill ? 1 : 0;
    counts_["fills"] += event.kind == OrderEventKind::Fill ? 1 : 0;
    counts_["re-priced or cancelled"] += event.kind == OrderEventKind::Cancelled ? 1 : 0;
    if (const auto exit = exits_.find(event.child); exit != exits_.end()) {
        exit->second.leaves = event.leaves;
        if (domain::is_terminal(event.state)) {
            exits_.erase(exit);
        }
    }
}

void Auditor::on(const domain::GroupEvent& event) {
    const auto known = groups_.find(event.group);
    demand(event.kind != domain::GroupEventKind::Accepted || known == groups_.end(),
           "group " + std::to_string(event.group) + " began twice");
    groups_[event.group] = event.state;
    if (event.state != domain::GroupState::Closed) {
        return;
    }
    counts_["trades"] += event.kind == domain::GroupEventKind::Flattened ? 1 : 0;
    for (const auto& [key, position] : book_.positions()) {
        demand(key.group != event.group || position.net.is_zero(),
               "group " + std::to_string(event.group) + " is closed and not flat");
    }
}

void Auditor::on(const domain::LedgerEntry& entry) {
    ++counts_["ledger entries"];
    demand(entry.id == after_entry_.size() + 1, "ledger entry out of order");
    after_entry_[entry.id] = book_.apply(entry);
    if (entry.kind == domain::LedgerKind::Fill) {
        demand(placed_.contains(entry.child), "a fill of an order never placed");
    }
}

void Auditor::on(const domain::PositionEvent& event) {
    const auto entry = after_entry_.find(event.ledger_entry);
    demand(entry != after_entry_.end() && entry->second == std::pair(event.key, event.position),
           "risk's position after ledger entry " + std::to_string(event.ledger_entry) +
               " is not the fold of the ledger");
    told_[event.key] = event.position;
}

Quantity Auditor::open_quantity(uint64_t group, domain::ContractId contract) const {
    Quantity open;
    for (const auto& [key, position] : book_.positions()) {
        if (key.group == group && key.contract == contract) {
            open += position.net;
        }
    }
    return open.abs();
}

// Filled plus working never exceeds the position: what works is at most what is open.
void Auditor::check_exits() {
    std::map<std::pair<uint64_t, domain::ContractId>, Quantity> working;
    for (const auto& [id, child] : exits_) {
        working[{id.group, child.contract}] += child.leaves;
    }
    for (const auto& [leg, quantity] : working) {
        demand(quantity <= open_quantity(leg.first, leg.second),
               "exits of group " + std::to_string(leg.first) + " exceed its position");
    }
}

void Auditor::at_end() {
    for (const auto& [intent, answers] : intents_) {
        demand(answers == 1, "intent " + std::to_string(intent) + " was never decided");
    }
    for (const auto& [key, position] : book_.positions()) {
        const auto told = told_.find(key);
        demand(told != told_.end() && told->second == position,
               "risk does not know the last position of group " + std::to_string(key.group));
    }
    for (const auto& [group, state] : groups_) {
        bool is_flat = true;
        for (const auto& [key, position] : book_.positions()) {
            is_flat = is_flat && (key.group != group || position.net.is_zero());
        }
        demand(domain::is_terminal(state) == is_flat,
               "group " + std::to_string(group) +
                   (is_flat ? " is flat and not ended" : " has ended and is not flat"));
    }
    demand(exits_.empty(), "an exit still works after the end");
}

}  // namespace sauda::test
