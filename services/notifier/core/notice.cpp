#include "services/notifier/core/notice.h"

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
    std::string_view plural;  // "# " count, "@" subject
};
constexpr std::array<Topic, 9> kTopics{{{"denied", "# intents of @ denied"},
                                        {"reduced", "# intents of @ reduced"},
                                        {"skipped", "# trades skipped by @"},
                                        {"refused", "# trades of @ refused before they were sent"},
                                        {"rejected", "# orders of @ rejected by the exchange"},
                                        {"gate", "# orders of @ stopped by the last check"},
                                        {"partial", "# partial fills of @"},
                                        {"settled", "# positions of @ settled"},
                                        {"alert", "# alerts about @"}}};

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
        case SessionKind::DayStart:
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
    if (e.kind != domain::AccountEventKind::DayEnded) {
        return std::nullopt;
    }
    return make(Severity::Info, "day", e.account, static_cast<uint64_t>(e.date.days), true);
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
        case OrderEventKind::PartialFill:
            return make(Severity::Info, "partial", e.bot, 0, false);
        case OrderEventKind::TimedOut:  // the order's state is unknown
            return make(Severity::Critical, "unknown", domain::to_text(e.contract), 0, true);
        case OrderEventKind::Unspecified:
        case OrderEventKind::Placed:
        case OrderEventKind::Sent:
        case OrderEventKind::Accepted:
        case OrderEventKind::Fill:
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

std::optional<Notice> of(const domain::Alert& e) {
    const bool at_once = e.severity != Severity::Info;
    return make(e.severity, "alert", e.subject, number(e.reason.code), at_once);
}

template <class T>
std::optional<Notice> of(const T& /*not told*/) {
    return std::nullopt;
}

}  // namespace

std::optional<Notice> notice_of(const domain::Message& message) {
    return std::visit([](const auto& payload) { return of(payload); }, message.payload);
}

std::string headline(std::string_view group, uint64_t count) {
    const auto topic = group.substr(0, group.find('|'));
    const auto rest = group.substr(std::min(topic.size() + 1, group.size()));
    const auto subject = rest.substr(0, rest.rfind('|'));
    std::string_view pattern = "# more about @";
    for (const auto& known : kTopics) {
        if (known.key == topic) {
            pattern = known.plural;
        }
    }
    std::string text;
    for (const char c : pattern) {
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
