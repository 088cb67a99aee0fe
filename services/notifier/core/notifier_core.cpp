#include "services/notifier/core/notifier_core.h"

#include <algorithm>

namespace sauda::notifier {

using domain::Emitter;
using domain::StreamId;

namespace {

// A line no channel refuses: at most 250 bytes, cut between characters, never within one.
std::string fit(std::string text) {
    constexpr std::size_t kTextBytesMax = 250;
    if (text.size() <= kTextBytesMax) {
        return text;
    }
    std::size_t end = kTextBytesMax - 3;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end) + "...";
}

// "09:30:05"
std::string clock_text(Timestamp t) {
    const auto s = base::ist_time_of_day(t).ns / 1'000'000'000;
    const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60);
}

}  // namespace

// The text of what is told after its time says when it was.
std::string NotifierCore::late(const Waiting& waiting, Timestamp now) {
    constexpr domain::Duration kLate = base::seconds(2);
    return now - waiting.at < kLate ? waiting.text
                                    : "at " + clock_text(waiting.at) + ", " + waiting.text;
}

NotifierCore::NotifierCore(NotifierConfig config, Describe describe)
    : config_(std::move(config)), describe_(std::move(describe)) {
    INVARIANT(describe_ != nullptr);
    INVARIANT(config_.window.ns > 0);
    INVARIANT(config_.per_minute > 0);
    for (const auto& channel : config_.channels) {
        INVARIANT(!channel.name.empty() && channel.name != kAll);
    }
}

void NotifierCore::observe(const Message& input, Timestamp /*now*/) {
    if (const auto* signal = std::get_if<domain::Signal>(&input.payload)) {
        const auto direction = static_cast<int8_t>(signal->score > 0   ? 1
                                                   : signal->score < 0 ? -1
                                                                       : 0);
        auto& turn = turns_[signal->underlying];
        turn = {.direction = direction, .has_turned = turn.direction != direction};
    }
}

bool NotifierCore::has_turned(const Message& message) const {
    const auto* signal = std::get_if<domain::Signal>(&message.payload);
    const auto turn = signal == nullptr ? turns_.end() : turns_.find(signal->underlying);
    return turn != turns_.end() && turn->second.has_turned;
}

void NotifierCore::decide(const Message& input, Timestamp now, Emitter& out) {
    const auto stream_class = domain::class_of(input.stream);
    if (stream_class != domain::StreamClass::Durable &&
        stream_class != domain::StreamClass::Local) {
        return;
    }
    const auto notice = notice_of(input, has_turned(input));
    if (notice && is_wanted(*notice)) {
        const Delivery delivery{.channel = {},
                                .stream = static_cast<uint16_t>(input.stream),
                                .seq = input.seq,
                                .grouped = 1,
                                .severity = notice->severity,
                                .text = fit(describe_(input)),
                                .group = notice->group};
        const auto group = state_.groups.find(notice->group);
        const bool is_repeat = group != state_.groups.end() && now < group->second.until;
        if (notice->at_once && !is_repeat) {
            tell(delivery, now, out);
        } else {
            hold(delivery, out);
        }
    }
    const auto* session = std::get_if<domain::SessionEvent>(&input.payload);
    if (session != nullptr && session->kind == domain::SessionKind::RunEnd) {
        tell_all(now, out);
        tell_report(input, out);
    }
}

namespace {

bool wants(const Channel& channel, Severity severity, std::string_view group) {
    // What a channel could not deliver is told by the others.
    if (kind_of(group) == Kind::System && subject_of(group) == channel.name) {
        return false;
    }
    return severity == Severity::Critical ||
           (channel.minimum <= severity &&
            channel.kinds.test(static_cast<std::size_t>(kind_of(group))));
}

}  // namespace

bool NotifierCore::is_wanted(const Notice& notice) const {
    return std::any_of(
        config_.channels.begin(), config_.channels.end(),
        [&](const Channel& channel) { return wants(channel, notice.severity, notice.group); });
}

bool NotifierCore::has_room(const Channel& channel, Severity severity, Timestamp now) const {
    if (severity != Severity::Critical && quiet_until(channel.quiet, now)) {
        return false;
    }
    const auto at = state_.channels.find(channel.name);
    if (at == state_.channels.end() || at->second.minute != minute_of(now)) {
        return true;
    }
    const uint32_t bound = severity == Severity::Critical
                               ? std::max(config_.per_minute, config_.critical_per_minute)
                               : config_.per_minute;
    return at->second.told < bound;
}

Timestamp NotifierCore::overflow_due(const Channel& channel) const {
    const auto at = state_.channels.find(channel.name);
    if (at == state_.channels.end() || at->second.overflow.count == 0) {
        return Timestamp::max();
    }
    const auto next_minute = at->second.minute + base::minutes(1);
    const bool is_critical = at->second.overflow.severity == Severity::Critical;
    return is_critical ? next_minute
                       : quiet_until(channel.quiet, next_minute).value_or(next_minute);
}

domain::Duration NotifierCore::window_of(std::string_view group) const {
    return is_brief(group) ? config_.brief_window : config_.window;
}

void NotifierCore::hold(const Delivery& notice, Emitter& out) {
    Delivery held = notice;
    held.channel = kAll;
    held.grouped = 0;
    out.emit(StreamId::NotifierDelivery, std::move(held));
}

void NotifierCore::tell(const Delivery& notice, Timestamp now, Emitter& out) {
    for (const auto& channel : config_.channels) {
        if (!wants(channel, notice.severity, notice.group)) {
            continue;
        }
        Delivery delivery = notice;
        delivery.channel = channel.name;
        if (!has_room(channel, notice.severity, now)) {
            delivery.grouped = 0;
        }
        out.emit(StreamId::NotifierDelivery, std::move(delivery));
    }
}

void NotifierCore::tell_group(const std::string& name, Timestamp now, Emitter& out) {
    const Waiting waiting = state_.groups.at(name).waiting;  // a copy: telling clears it
    Delivery delivery{.channel = {},
                      .stream = waiting.stream,
                      .seq = waiting.seq,
                      .grouped = waiting.count,
                      .severity = waiting.severity,
                      .text = fit(headline(name, waiting.count) + late(waiting, now)),
                      .group = name};
    tell(delivery, now, out);
}

void NotifierCore::tell_overflow(const std::string& channel, Timestamp now, Emitter& out) {
    const Waiting waiting = state_.channels.at(channel).overflow;
    Delivery delivery{.channel = channel,
                      .stream = waiting.stream,
                      .seq = waiting.seq,
                      .grouped = waiting.count,
                      .severity = waiting.severity,
                      .text = fit((waiting.count == 1 ? std::string()
                                                      : std::to_string(waiting.count) +
                                                            " further messages, the last: ") +
                                  late(waiting, now)),
                      .group = std::string(kOverflow)};
    out.emit(StreamId::NotifierDelivery, std::move(delivery));
}

std::vector<std::string> NotifierCore::waiting_groups(Timestamp until) const {
    std::vector<std::pair<Timestamp, std::string>> due;
    for (const auto& [name, group] : state_.groups) {
        if (group.waiting.count > 0 && group.until <= until) {
            due.emplace_back(group.until, name);
        }
    }
    std::sort(due.begin(), due.end());
    std::vector<std::string> names;
    for (auto& [at, name] : due) {
        names.push_back(std::move(name));
    }
    return names;
}

// The run is over, no timer will come.
void NotifierCore::tell_all(Timestamp now, Emitter& out) {
    for (const auto& name : waiting_groups(Timestamp::max())) {
        tell_group(name, now, out);
    }
    for (const auto& channel : config_.channels) {
        // In quiet hours it waits on: the next day's events wake it.
        if (overflow_due(channel) != Timestamp::max() && !quiet_until(channel.quiet, now)) {
            tell_overflow(channel.name, now, out);
        }
    }
}

void NotifierCore::tell_report(const Message& run_end, Emitter& out) {
    const auto date = std::get<domain::SessionEvent>(run_end.payload).date;
    for (const auto& channel : config_.channels) {
        if (channel.has_report) {
            out.emit(StreamId::NotifierDelivery,
                     Delivery{.channel = channel.name,
                              .stream = static_cast<uint16_t>(run_end.stream),
                              .seq = run_end.seq,
                              .grouped = 1,
                              .severity = Severity::Info,
                              .text = "Report of " + domain::to_text(date),
                              .group = std::string(kReport) + "|" + domain::to_text(date) + "|0"});
        }
    }
}

void NotifierCore::wake(Timestamp now, Emitter& out) {
    for (const auto& channel : config_.channels) {
        if (overflow_due(channel) <= now) {
            tell_overflow(channel.name, now, out);
        }
    }
    for (const auto& name : waiting_groups(now)) {
        tell_group(name, now, out);
    }
}

Timestamp NotifierCore::next_deadline() const {
    Timestamp next = Timestamp::max();
    for (const auto& [name, group] : state_.groups) {
        if (group.waiting.count > 0) {
            next = std::min(next, group.until);
        }
    }
    for (const auto& channel : config_.channels) {
        next = std::min(next, overflow_due(channel));
    }
    return next;
}

void NotifierCore::add(Waiting& waiting, const Delivery& delivery, Timestamp at) {
    ++waiting.count;
    waiting.severity = std::max(waiting.severity, delivery.severity);
    waiting.stream = delivery.stream;
    waiting.seq = delivery.seq;
    waiting.at = at;
    waiting.text = delivery.text;
}

void NotifierCore::apply(const Message& event) {
    const auto& delivery = std::get<Delivery>(event.payload);
    const Timestamp now = event.meta.event_time;
    // Windows that passed with nothing waiting are forgotten.
    std::erase_if(state_.groups, [&](const auto& entry) {
        return entry.second.waiting.count == 0 && entry.second.until <= now;
    });
    if (delivery.channel == kAll) {
        auto& group = state_.groups[delivery.group];
        if (!group.until.is_set()) {
            group.until = now + window_of(delivery.group);
        }
        add(group.waiting, delivery, now);
        ++state_.held;
        return;
    }
    auto& channel = state_.channels[delivery.channel];
    if (channel.minute != minute_of(now)) {
        channel.minute = minute_of(now);
        channel.told = 0;
    }
    if (delivery.grouped == 0) {
        add(channel.overflow, delivery, now);
        ++state_.held;
    } else {
        ++channel.told;
        ++state_.told;
    }
    if (delivery.group == kOverflow) {
        channel.overflow = {};
    } else {
        state_.groups[delivery.group] = {.until = now + window_of(delivery.group), .waiting = {}};
    }
}

std::string NotifierCore::save() const {
    base::BinaryWriter writer;
    writer.write(state_);
    writer.write(turns_);
    return writer.take();
}

bool NotifierCore::load(std::string_view bytes) {
    base::BinaryReader reader(bytes);
    reader.read(state_);
    reader.read(turns_);
    if (!reader.ok() || !reader.at_end()) {
        state_ = State{};
        turns_ = {};
        return false;
    }
    return true;
}

void NotifierCore::metrics(std::vector<domain::Metric>& out) const {
    out.push_back({"told", static_cast<int64_t>(state_.told), domain::Unit::Count});
    out.push_back({"held", static_cast<int64_t>(state_.held), domain::Unit::Count});
    out.push_back({"groups", static_cast<int64_t>(state_.groups.size()), domain::Unit::Count});
}

}  // namespace sauda::notifier
