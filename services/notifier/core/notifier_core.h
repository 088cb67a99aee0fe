#pragma once

#include "common/domain/core.h"
#include "services/notifier/core/notice.h"
#include "services/notifier/core/notifier_config.h"

#include <functional>
#include <map>

namespace sauda::notifier {

using domain::Delivery;
using domain::Message;
using domain::Severity;
using domain::Timestamp;

// A pure function: the one-line sentence of an event. Made of `wire`'s texts, given from outside.
using Describe = std::function<std::string(const Message&)>;

// Decides what is worth telling, to which channel and when. Every Delivery with grouped > 0 is one
// line for one channel, handed over by the shell after its commit; grouped == 0 records an event
// that waits for its group (channel "all"), for room on a channel that had its share of the minute,
// or for the end of a channel's quiet hours.
class NotifierCore final : public domain::Core {
 public:
    NotifierCore(NotifierConfig config, Describe describe);

    void observe(const Message& input, Timestamp now) override;
    void decide(const Message& input, Timestamp now, domain::Emitter& out) override;
    void wake(Timestamp now, domain::Emitter& out) override;
    [[nodiscard]] Timestamp next_deadline() const override;
    void apply(const Message& event) override;
    [[nodiscard]] std::string save() const override;
    bool load(std::string_view bytes) override;
    void metrics(std::vector<domain::Metric>& out) const override;

    // The group name of a channel's summary of what did not fit its minute.
    static constexpr std::string_view kOverflow = "overflow";
    // The group of the message that stands for the report of a day: "report|<date>|0". Its text is
    // the subject; the shell adds the report.
    static constexpr std::string_view kReport = "report";
    // The channel of an event that waits for its group. No channel may be called so.
    static constexpr std::string_view kAll = "all";

 private:
    struct Waiting {
        uint32_t count = 0;
        Severity severity = Severity::Info;  // the worst
        uint16_t stream = 0;                 // of the last
        uint64_t seq = 0;
        Timestamp at;  // of the last
        std::string text;
        SAUDA_FIELDS(count, severity, stream, seq, at, text)
    };
    struct Group {
        Timestamp until;  // told then, if anything waits
        Waiting waiting;
        SAUDA_FIELDS(until, waiting)
    };
    struct ChannelState {
        Timestamp minute;  // start of the minute `told` counts
        uint32_t told = 0;
        Waiting overflow;
        SAUDA_FIELDS(minute, told, overflow)
    };
    struct State {
        std::map<std::string, Group> groups;
        std::map<std::string, ChannelState> channels;
        uint64_t told = 0;
        uint64_t held = 0;
        SAUDA_FIELDS(groups, channels, told, held)
    };
    // Where the last signal of an underlying pointed, and whether the one before pointed elsewhere.
    struct Turn {
        int8_t direction = 0;
        bool has_turned = false;
        SAUDA_FIELDS(direction, has_turned)
    };
    using Turns = std::map<domain::Underlying, Turn>;

    void hold(const Delivery& notice, domain::Emitter& out);
    void tell(const Delivery& notice, Timestamp now, domain::Emitter& out);
    void tell_group(const std::string& name, Timestamp now, domain::Emitter& out);
    void tell_overflow(const std::string& channel, Timestamp now, domain::Emitter& out);
    void tell_all(Timestamp now, domain::Emitter& out);
    // Those due at `until`, the longest waiting first.
    [[nodiscard]] std::vector<std::string> waiting_groups(Timestamp until) const;
    static std::string late(const Waiting& waiting, Timestamp now);
    void tell_report(const Message& run_end, domain::Emitter& out);
    [[nodiscard]] bool has_room(const Channel& channel, Severity severity, Timestamp now) const;
    [[nodiscard]] bool is_wanted(const Notice& notice) const;
    [[nodiscard]] bool has_turned(const Message& message) const;
    // When what a channel held back is told; max(): nothing waits.
    [[nodiscard]] Timestamp overflow_due(const Channel& channel) const;
    [[nodiscard]] domain::Duration window_of(std::string_view group) const;
    static void add(Waiting& waiting, const Delivery& delivery, Timestamp at);
    static Timestamp minute_of(Timestamp t) { return {t.ns - t.ns % base::minutes(1).ns}; }

    NotifierConfig config_;
    Describe describe_;
    State state_;  // durable
    Turns turns_;  // soft
};

}  // namespace sauda::notifier
