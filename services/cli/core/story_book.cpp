#include "services/cli/core/story_book.h"

#include <algorithm>

namespace sauda::cli {

using namespace domain;

namespace {

constexpr std::size_t kSignalsKept = 256;
// A bot that waits for a trade to close, or for a signal, does so for two bars at most.
constexpr Duration kSignalUseLife = base::minutes(2);

template <class T>
Told<T> told(const Message& message, const T& fact) {
    return {fact, message.meta.known_time, {message.stream, message.seq}, message.meta.causes};
}

bool is_fact_of_execution(const Message& message) {
    return message.stream == StreamId::ExecutionReport;
}

std::optional<uint64_t> number_named(const Reason& reason, std::string_view name) {
    for (const auto& number : reason.numbers) {
        if (number.name == name && number.value > 0) {
            return static_cast<uint64_t>(number.value);
        }
    }
    return std::nullopt;
}

// The market data message that led straight to `message`, if one did.
std::optional<Cause> direct_quote(const Message& message) {
    for (const auto& cause : message.meta.causes) {
        if (class_of(cause.stream) == StreamClass::Journaled) {
            return cause;
        }
    }
    return std::nullopt;
}

// 1, 2, 3, 5 -> "1 to 3, 5".
std::string ranges(const std::vector<uint64_t>& ascending, const std::string& prefix) {
    std::string text;
    for (std::size_t i = 0; i < ascending.size();) {
        std::size_t j = i;
        while (j + 1 < ascending.size() && ascending[j + 1] == ascending[j] + 1) {
            ++j;
        }
        text += (text.empty() ? "" : ", ") + prefix + std::to_string(ascending[i]);
        if (j > i) {
            text += (j == i + 1 ? ", " : " to ") + prefix + std::to_string(ascending[j]);
        }
        i = j + 1;
    }
    return text;
}

}  // namespace

void StoryBook::add(const Message& message) {
    if (std::holds_alternative<QuoteBatch>(message.payload)) {
        quotes_.add(message);
    } else if (const auto* listed = std::get_if<InstrumentBatch>(&message.payload)) {
        for (const auto& instrument : listed->instruments) {
            lots_[instrument.contract] = instrument.lot;
        }
        return;  // causes of nothing, and many
    } else if (const auto* signal = std::get_if<Signal>(&message.payload)) {
        signals_[signal->id] = told(message, *signal);
        if (signals_.size() > kSignalsKept) {
            signals_.erase(signals_.begin());
        }
    } else if (const auto* intent = std::get_if<Intent>(&message.payload)) {
        take(message, *intent);
    } else if (const auto* decision = std::get_if<Decision>(&message.payload)) {
        take(message, *decision);
    } else if (const auto* bot = std::get_if<BotEvent>(&message.payload)) {
        take(message, *bot);
    } else if (const auto* entry = std::get_if<LedgerEntry>(&message.payload)) {
        take(message, *entry);
    } else if (const auto* alert = std::get_if<Alert>(&message.payload)) {
        take(message, *alert);
    } else if (is_fact_of_execution(message)) {  // risk repeats reports on a stream of its own
        if (const auto* order = std::get_if<OrderEvent>(&message.payload)) {
            take(message, *order);
        } else if (const auto* group = std::get_if<GroupEvent>(&message.payload)) {
            take(message, *group);
        }
    }
    trail_.add(message);
}

Story& StoryBook::story(uint64_t group, const std::string& bot, const std::string& account) {
    auto& found = stories_[group];
    found.group = group;
    if (found.bot.empty()) {
        found.bot = bot;
        found.account = account;
    }
    return found;
}

Request* StoryBook::request_of(uint64_t intent) {
    const auto group = group_of_intent_.find(intent);
    if (group == group_of_intent_.end()) {
        return nullptr;
    }
    for (auto& request : stories_[group->second].requests) {
        if (request.intent().id == intent) {
            return &request;
        }
    }
    return nullptr;
}

std::vector<QuoteSeen> StoryBook::quotes_of(const std::vector<Leg>& legs,
                                            std::optional<Cause> limit) const {
    std::vector<QuoteSeen> quotes;
    for (const auto& leg : legs) {
        if (auto seen = quotes_.find(leg.contract, limit)) {
            quotes.push_back(std::move(*seen));
        }
    }
    return quotes;
}

// A bot that had to close one trade before the next goes back to what made it close.
void StoryBook::follow_other_trade(Request& request, uint64_t group) const {
    for (const auto& cause : request.causes) {
        const auto* event = std::get_if<GroupEvent>(&cause.payload);
        const auto* other =
            event == nullptr || event->group == group ? nullptr : find(event->group);
        if (other == nullptr || other->requests.empty() ||
            other->requests.back().intent().purpose != Purpose::Reduce) {
            continue;
        }
        const auto& exit = other->requests.back();
        request.origin = exit.origin;
        request.causes.insert(request.causes.end(), exit.causes.begin(), exit.causes.end());
        return;
    }
}

void StoryBook::take(const Message& message, const Intent& intent) {
    const uint64_t group = intent.group != 0 ? intent.group : intent.id;
    Request request;
    request.asked = told(message, intent);
    request.causes = trail_.behind(message);
    request.origin = trail_.origin_of(request.causes);
    if (!request.origin) {
        follow_other_trade(request, group);
    }
    request.market = quotes_of(intent.legs, direct_quote(message));
    const auto used = used_.find(intent.bot);
    if (const auto signal = signals_.find(intent.signal); signal != signals_.end()) {
        request.signal = SignalSeen{signal->second, true};
    } else if (intent.purpose == Purpose::Open && used != used_.end() &&
               message.meta.known_time - used->second.at <= kSignalUseLife) {
        request.signal = SignalSeen{used->second.signal, false};
    }
    group_of_intent_[intent.id] = group;
    story(group, intent.bot, intent.account).requests.push_back(std::move(request));
}

void StoryBook::take(const Message& message, const Decision& decision) {
    const auto& intent = decision.intent;
    auto* request = request_of(intent.id);
    if (request == nullptr) {  // risk's own, or its intent is older than the archive
        const uint64_t group = intent.group != 0 ? intent.group : intent.id;
        Request own;
        own.decision = told(message, decision);
        own.causes = trail_.behind(message);
        own.origin = trail_.origin_of(own.causes);
        own.market = quotes_of(intent.legs, direct_quote(message));
        group_of_intent_[intent.id] = group;
        story(group, intent.bot, intent.account).requests.push_back(std::move(own));
    } else if (!request->decision) {
        request->decision = told(message, decision);
    }
    group_of_decision_[decision.id] = group_of_intent_[intent.id];
}

void StoryBook::take(const Message& message, const BotEvent& event) {
    if (event.kind == BotEventKind::Skipped) {
        skips_.push_back({event.bot, message.meta.known_time, event.reason});
    } else if (event.kind == BotEventKind::SignalUsed) {
        take_signal_use(message, event);
    }
}

// A bot notes the signal and asks in one go; the note may be sorted behind the intent.
void StoryBook::take_signal_use(const Message& message, const BotEvent& event) {
    const auto signal = signals_.find(event.signal);
    if (signal == signals_.end()) {
        return;
    }
    used_[event.bot] = {signal->second, message.meta.known_time};
    for (auto it = stories_.rbegin(); it != stories_.rend(); ++it) {
        if (it->second.began() < message.meta.known_time) {
            break;
        }
        for (auto& request : it->second.requests) {
            if (request.asked && request.asked->fact.bot == event.bot &&
                request.asked->fact.purpose == Purpose::Open && !request.signal &&
                request.asked->causes == message.meta.causes) {
                request.signal = SignalSeen{signal->second, false};
            }
        }
    }
}

void StoryBook::take(const Message& message, const OrderEvent& event) {
    story(event.child.group, event.bot, event.account)
        .orders.push_back(
            {told(message, event), quotes_.find(event.contract, direct_quote(message))});
}

void StoryBook::take(const Message& message, const GroupEvent& event) {
    auto& found = story(event.group, event.bot, event.account);
    GroupStep step{told(message, event), {}};
    step.event.fact.approval.reset();  // the decision stands in the request
    for (const auto contract : found.contracts()) {
        if (auto seen = quotes_.find(contract, direct_quote(message))) {
            step.market.push_back(std::move(*seen));
        }
    }
    found.groups.push_back(std::move(step));
}

void StoryBook::take(const Message& message, const LedgerEntry& entry) {
    if (entry.group != 0) {
        auto& found = story(entry.group, entry.bot, entry.account);
        found.ledger.push_back(told(message, entry));
    }
}

void StoryBook::take(const Message& message, const Alert& alert) {
    const auto group = number_named(alert.reason, "group");
    if (group && stories_.contains(*group)) {
        stories_[*group].alerts.push_back(told(message, alert));
    }
}

const Story* StoryBook::find(uint64_t group) const {
    const auto it = stories_.find(group);
    return it == stories_.end() ? nullptr : &it->second;
}

Result StoryBook::result(const Story& story) const {
    std::vector<QuoteSeen> latest;
    for (const auto contract : story.contracts()) {
        if (auto seen = quotes_.find(contract)) {
            latest.push_back(std::move(*seen));
        }
    }
    return result_of(story, latest);
}

base::Expected<uint64_t> StoryBook::group_of(const Reference& reference) const {
    using enum Reference::Kind;
    const auto in = [&](const std::map<uint64_t, uint64_t>& index) -> std::optional<uint64_t> {
        const auto it = index.find(reference.number);
        return it == index.end() ? std::nullopt : std::optional(it->second);
    };
    std::optional<uint64_t> group;
    const bool is_any = reference.kind == Number;
    if (is_any || reference.kind == Group || reference.kind == Order) {
        const auto* found = find(reference.number);
        const bool has_order =
            found != nullptr &&
            (!reference.order ||
             std::any_of(found->orders.begin(), found->orders.end(), [&](const OrderStep& step) {
                 return step.event.fact.child == *reference.order;
             }));
        group = has_order ? std::optional(reference.number) : std::nullopt;
    }
    if (!group && (is_any || reference.kind == Intent)) {
        group = in(group_of_intent_);
    }
    if (!group && (is_any || reference.kind == Decision)) {
        group = in(group_of_decision_);
    }
    if (group) {
        return *group;
    }
    return base::fail(base::ErrorKind::NotFound,
                      "there is no " + to_text(reference) + " in the archive. " + known_ids());
}

Quantity StoryBook::lot(ContractId contract) const {
    const auto it = lots_.find(contract);
    return it == lots_.end() ? Quantity{} : it->second;
}

std::string StoryBook::known_ids() const {
    std::vector<uint64_t> traded;
    std::vector<uint64_t> denied;
    for (const auto& [id, story] : stories_) {
        (story.is_denied() ? denied : traded).push_back(id);
    }
    if (traded.empty() && denied.empty()) {
        return "It holds no trade yet.";
    }
    std::string text = traded.empty() ? "It holds no trade" : "It holds " + ranges(traded, "G");
    if (!denied.empty()) {
        text += "; denied: " + ranges(denied, "");
    }
    return text + ".";
}

}  // namespace sauda::cli
