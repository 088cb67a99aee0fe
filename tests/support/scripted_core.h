#pragma once

#include "common/domain/core.h"

#include <functional>
#include <string>
#include <vector>

namespace sauda::test {

// A core that does what a test tells it, and writes down what was asked of it.
class ScriptedCore : public domain::Core {
 public:
    using Timestamp = domain::Timestamp;

    void observe(const domain::Message& input, Timestamp now) override {
        note("observe", input, now);
    }
    void decide(const domain::Message& input, Timestamp now, domain::Emitter& out) override {
        note("decide", input, now);
        on_decide(input, now, out);
    }
    void wake(Timestamp now, domain::Emitter& out) override {
        calls.push_back("wake @" + std::to_string(now.ns));
        deadline = Timestamp::max();
        on_wake(now, out);
    }
    [[nodiscard]] Timestamp next_deadline() const override { return deadline; }
    void apply(const domain::Message& event) override { applied.push_back(event); }
    [[nodiscard]] std::string save() const override { return {}; }
    bool load(std::string_view bytes) override { return bytes.empty(); }

    std::function<void(const domain::Message&, Timestamp, domain::Emitter&)> on_decide =
        [](const auto&, auto, auto&) {};
    std::function<void(Timestamp, domain::Emitter&)> on_wake = [](auto, auto&) {};
    Timestamp deadline = Timestamp::max();
    std::vector<domain::Message> applied;
    std::vector<std::string> calls;  // "decide J/feed/md/NIFTY/ 3 @17"

 private:
    void note(const char* what, const domain::Message& input, Timestamp now) {
        calls.push_back(std::string(what) + " " + domain::topic_of(input.stream) + " " +
                        std::to_string(input.seq) + " @" + std::to_string(now.ns));
    }
};

}  // namespace sauda::test
