#include "services/notifier/core/notice.h"

#include <algorithm>
#include <array>

namespace sauda::notifier {

namespace {

using domain::BotEventKind;
using domain::GroupEventKind;
using domain::LedgerKind;
using domain::OrderEventKind;
using domain::ReasonCode;
using domain::SessionKind;
using domain::Severity;

struct Topic {
    std::string_view key;
    Kind kind;
    std::string_view plural = "# more about @";  // "#" count, "@" subject
    bool is_brief = false;
};
constexpr std::array<Topic, 24> kTopics{
    {{"session", Kind::Session},
     {"report", Kind::Day},
     {"day", Kind::Day},
     {"trade", Kind::Trade},
     {"placed", Kind::Order, "# orders of @ placed, the last", true},
     {"filled", Kind::Order, "# orders of @ filled, the last", true},
     {"partial", Kind::Order, "# partial fills of @, the last", true},
     {"rejected", Kind::Order, "# orders of @ rejected by the exchange, the last"},
     {"signal", Kind::Signal},
     {"bot", Kind::Bot},
     {"denied", Kind::Denial, "# intents of @ denied, the last"},
     {"reduced", Kind::Denial, "# intents of @ reduced, the last"},
     {"skipped", Kind::Denial, "# trades skipped by @, the last"},
     {"refused", Kind::Denial, "# trades of @ refused before they were sent, the last"},
     {"gate", Kind::Denial, "# orders of @ stopped by the last check, the last"},
     {"state", Kind::Protection},
     {"unknown", Kind::Protection},
     {"alert", Kind::Protection, "# alerts about @, the last"},
     {"settled", Kind::Account, "# positions of @ settled, the last"},
     {"foreign", Kind::Account},
     {"deposit", Kind::Account},
     {"system", Kind::System, "# messages about @, the last"},
     {"overflow", Kind::System},
     {"test", Kind::System}}};
constexpr std::array<std::string_view, kKinds> kKindNames{
    "session", "day",    "trade",      "order",   "signal",
    "bot",     "denial", "protection", "account", "system"};

const Topic* topic_of(std::string_view group) {
    const auto key = group.substr(0, group.find('|'));
    for (const auto& topic : kTopics) {
        if (topic.key == key) {
            return &topic;
        }
    }
    return nullptr;
}

Notice make(Severity severity, std::string_view topic, const std::string& subject, uint64_t code,
            bool at_once) {
    std::string group(topic);
    group += '|';
    group += subject;
    group += '|';
    group += std::to_string(code);
    return {.severity = severity, .group = std::move(group), .at_once = at_once};
}

uint64_t number(ReasonCode code) { return static_cast<uint64_t>(code); }

std::optional<Notice> of(const domain::SessionEvent& e) {
    const auto date = domain::to_text(e.date);
    const auto kind = static_cast<uint64_t>(e.kind);
    switch (e.kind) {
        case SessionKind::Holiday:
            return make(Severity::Warning, "session", date, kind, true);
        case SessionKind::Open:
        case SessionKind::Close:
        case SessionKind::Settlement:
        case SessionKind::RunEnd:
            return make(Severity::Info, "session", date, kind, true);
        case SessionKind::Unspecified:
        case SessionKind::DayStart:  // the account's day tells it
        case SessionKind::PreOpen:
        case SessionKind::DayEnd:
        case SessionKind::StaleBegin:  // the feed's alert tells it
        case SessionKind::StaleEnd:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::BotEvent& e) {
    const auto kind = static_cast<uint64_t>(e.kind);
    switch (e.kind) {
        case BotEventKind::Started:
        case BotEventKind::Stopped:
        case BotEventKind::ParameterChanged:
            return make(Severity::Info, "bot", e.bot, kind, true);
        case BotEventKind::Paused:
            return make(Severity::Warning, "bot", e.bot, kind, true);
        case BotEventKind::Skipped:
            return make(Severity::Info, "skipped", e.bot, number(e.reason.code), false);
        case BotEventKind::Unspecified:
        case BotEventKind::Remembered:
        case BotEventKind::GroupUpdate:
        case BotEventKind::SignalUsed:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::Decision& e) {
    switch (e.verdict) {
        case domain::Verdict::Denied:
            return make(Severity::Info, "denied", e.intent.bot, number(e.reason.code), false);
        case domain::Verdict::Reduced:
            return make(Severity::Info, "reduced", e.intent.bot, number(e.reason.code), false);
        case domain::Verdict::Unspecified:
        case domain::Verdict::Approved:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::TradingStateEvent& e) {
    const auto code = static_cast<uint64_t>(e.state) * 10 + static_cast<uint64_t>(e.flatten);
    switch (e.state) {
        case domain::TradingState::Halted:
            return make(Severity::Critical, "state", e.account, code, true);
        case domain::TradingState::Reducing:
            return make(Severity::Warning, "state", e.account, code, true);
        case domain::TradingState::Active:
            return make(Severity::Info, "state", e.account, code, true);
        case domain::TradingState::Unspecified:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::AccountEvent& e) {
    using domain::AccountEventKind;
    if (e.kind != AccountEventKind::DayStarted && e.kind != AccountEventKind::DayEnded) {
        return std::nullopt;
    }
    const auto half = e.kind == AccountEventKind::DayEnded ? 1U : 0U;
    return make(Severity::Info, "day", e.account, static_cast<uint64_t>(e.date.days) * 2 + half,
                true);
}

std::optional<Notice> of(const domain::GroupEvent& e) {
    switch (e.kind) {
        case GroupEventKind::Opened:
        case GroupEventKind::ExitStarted:
        case GroupEventKind::Flattened:
            return make(Severity::Info, "trade", e.bot,
                        e.group * 100 + static_cast<uint64_t>(e.kind), true);
        case GroupEventKind::LegFailed:
            return make(Severity::Warning, "trade", e.bot,
                        e.group * 100 + static_cast<uint64_t>(e.kind), true);
        case GroupEventKind::Refused:
            return make(Severity::Info, "refused", e.bot, number(e.reason.code), false);
        case GroupEventKind::Unspecified:
        case GroupEventKind::Accepted:
        case GroupEventKind::EntryStarted:
        case GroupEventKind::LegFilled:
        case GroupEventKind::TrailRaised:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::OrderEvent& e) {
    switch (e.kind) {
        case OrderEventKind::Rejected:
            return make(Severity::Warning, "rejected", e.bot, number(e.reason.code), false);
        case OrderEventKind::Denied:
            return make(Severity::Warning, "gate", e.bot, number(e.reason.code), false);
        case OrderEventKind::Placed:
            return make(Severity::Info, "placed", e.bot, e.child.group, false);
        case OrderEventKind::PartialFill:
            return make(Severity::Info, "partial", e.bot, e.child.group, false);
        case OrderEventKind::Fill:
            return make(Severity::Info, "filled", e.bot, e.child.group, false);
        case OrderEventKind::TimedOut:  // the order's state is unknown
            return make(Severity::Critical, "unknown", domain::to_text(e.contract), 0, true);
        case OrderEventKind::Unspecified:
        case OrderEventKind::Sent:
        case OrderEventKind::Accepted:
        case OrderEventKind::CancelRequested:
        case OrderEventKind::Cancelled:
        case OrderEventKind::Found:
        case OrderEventKind::NotFound:
        case OrderEventKind::CancelRejected:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Notice> of(const domain::LedgerEntry& e) {
    switch (e.kind) {
        case LedgerKind::Settlement:
        case LedgerKind::Exercise:
            return make(Severity::Info, "settled", e.account, 0, false);
        case LedgerKind::Foreign:
            return make(Severity::Warning, "foreign", e.account, e.id, true);
        case LedgerKind::Deposit:
            return make(Severity::Info, "deposit", e.account, e.id, true);
        case LedgerKind::Unspecified:
        case LedgerKind::Fill:
        case LedgerKind::Charge:
        case LedgerKind::Correction:
            return std::nullopt;
    }
    return std::nullopt;
}

// What is about the machine and not about money.
bool is_system(ReasonCode code) {
    using enum ReasonCode;
    constexpr std::array kSystem{FeedSilent,   FeedResumed,     ServiceRestarted,
                                 ServiceLost,  ServiceReturned, StrangerCommand,
                                 WrongCodes,   ChannelGaveUp,   ConfigurationChanged,
                                 ModelRefused, ModelDrifted,    LotChanged};
    return std::find(kSystem.begin(), kSystem.end(), code) != kSystem.end();
}

std::optional<Notice> of(const domain::Alert& e) {
    const bool at_once = e.severity != Severity::Info || is_system(e.reason.code);
    return make(e.severity, is_system(e.reason.code) ? "system" : "alert", e.subject,
                number(e.reason.code), at_once);
}

std::optional<Notice> of(const domain::Signal& e) {
    const uint64_t direction = e.score > 0 ? 2U : e.score < 0 ? 1U : 0U;
    return make(Severity::Info, "signal", std::string(domain::to_text(e.underlying)), direction,
                true);
}

template <class T>
std::optional<Notice> of(const T& /*not told*/) {
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Kind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> parse_kind(std::string_view text) {
    const auto found = std::find(kKindNames.begin(), kKindNames.end(), text);
    return found == kKindNames.end() ? std::nullopt
                                     : std::optional(static_cast<Kind>(found - kKindNames.begin()));
}

std::optional<Notice> notice_of(const domain::Message& message, bool has_turned) {
    if (std::holds_alternative<domain::Signal>(message.payload) && !has_turned) {
        return std::nullopt;
    }
    return std::visit([](const auto& payload) { return of(payload); }, message.payload);
}

Kind kind_of(std::string_view group) {
    const auto* topic = topic_of(group);
    return topic == nullptr ? Kind::System : topic->kind;
}

std::string_view subject_of(std::string_view group) {
    const auto bar = group.find('|');
    const auto rest = bar == std::string_view::npos ? std::string_view{} : group.substr(bar + 1);
    return rest.substr(0, rest.rfind('|'));
}

bool is_brief(std::string_view group) {
    const auto* topic = topic_of(group);
    return topic != nullptr && topic->is_brief;
}

std::string headline(std::string_view group, uint64_t count) {
    if (count <= 1) {
        return "";
    }
    const auto* topic = topic_of(group);
    const auto subject = subject_of(group);
    std::string text;
    for (const char c : topic == nullptr ? std::string_view("# more about @") : topic->plural) {
        if (c == '#') {
            text += std::to_string(count);
        } else if (c == '@') {
            text += subject.empty() ? std::string_view("the account") : subject;
        } else {
            text += c;
        }
    }
    return text + ": ";
}

}  // namespace sauda::notifier
