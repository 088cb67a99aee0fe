#pragma once

#include "common/domain/core.h"

namespace sauda::service::test {

// A small core with both kinds of state: it counts what the feed says (soft), answers each input
// with an alert that carries that count, and remembers its own alerts (durable).
class TallyCore final : public domain::Core {
 public:
    void observe(const domain::Message& input, domain::Timestamp now) override {
        ++observed_;
        heard_ ^= input.seq * 0x9E3779B97F4A7C15ULL + static_cast<uint64_t>(now.ns);
    }
    void decide(const domain::Message& input, domain::Timestamp, domain::Emitter& out) override {
        say(domain::topic_of(input.stream) + std::to_string(input.seq), out);
    }
    void wake(domain::Timestamp, domain::Emitter& out) override { say("timer", out); }
    [[nodiscard]] domain::Timestamp next_deadline() const override { return due_; }
    void apply(const domain::Message& event) override {
        ++said_;
        const auto& alert = std::get<domain::Alert>(event.payload);
        last_ = alert.subject;
        due_ =
            last_ == "timer" ? domain::Timestamp::max() : event.meta.event_time + base::seconds(3);
    }
    [[nodiscard]] std::string save() const override {
        base::BinaryWriter writer;
        writer.write(observed_);
        writer.write(heard_);
        writer.write(said_);
        writer.write(last_);
        writer.write(due_);
        return writer.take();
    }
    bool load(std::string_view bytes) override {
        base::BinaryReader reader(bytes);
        reader.read(observed_);
        reader.read(heard_);
        reader.read(said_);
        reader.read(last_);
        reader.read(due_);
        return reader.ok() && reader.at_end();
    }

 private:
    void say(std::string subject, domain::Emitter& out) {
        domain::Alert alert{.severity = domain::Severity::Info, .reason = {}, .subject = subject};
        alert.reason.numbers = {{"observed", static_cast<int64_t>(observed_), domain::Unit::Count}};
        out.emit(domain::StreamId::StrategyAlert, std::move(alert));
    }

    uint64_t observed_ = 0;
    uint64_t heard_ = 0;
    uint64_t said_ = 0;
    std::string last_;
    domain::Timestamp due_ = domain::Timestamp::max();
};

}  // namespace sauda::service::test
