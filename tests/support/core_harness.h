#pragma once

#include "common/domain/core.h"

#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sauda::test {

// Drives one core as the host does: observe, decide, apply inside emit; timers in time order. After
// every call it checks that nothing but observe() and apply() changed the core: a copy loaded from
// the state before, with the emitted events applied, must save to the same bytes.
template <class C>
class CoreHarness : public domain::Emitter {
 public:
    using Factory = std::function<std::unique_ptr<C>()>;
    explicit CoreHarness(Factory make) : make_(std::move(make)), core_(make_()) {}

    C& core() { return *core_; }
    const C& core() const { return *core_; }
    base::Timestamp now() const { return now_; }
    // Off for long sessions: the copy costs a save per call.
    void set_thorough(bool on) { is_thorough_ = on; }

    // Hands over one input. Timers due before it run first; at equal time market data comes before
    // timers, everything else after them.
    void input(domain::StreamId stream, domain::Payload payload, base::Timestamp now) {
        const bool is_market = domain::is_market_derived(stream);
        run_timers(now, !is_market);
        now_ = now;
        domain::Message message;
        message.stream = stream;
        message.seq = ++input_seqs_[stream];
        message.meta.event_time = message.meta.known_time = now;
        message.payload = std::move(payload);
        causes_ = {{stream, message.seq}};
        if (is_market) {
            history_.push_back({message, true});
            core_->observe(message, now);
        }
        guarded([&] { core_->decide(message, now, *this); });
    }

    // Wakes the core until its next deadline lies after `t`.
    void advance_to(base::Timestamp t) {
        run_timers(t, true);
        now_ = t;
    }

    // Any other way into the core, such as a broker's answer.
    void act(base::Timestamp now, const std::function<void(C&, domain::Emitter&)>& what) {
        run_timers(now, true);
        now_ = now;
        causes_.clear();
        guarded([&] { what(*core_, *this); });
    }

    // Events since the last take().
    std::vector<domain::Message> take() { return std::exchange(fresh_, {}); }
    // Events since the beginning.
    const std::vector<domain::Message>& events() const { return all_; }

    // A second core rebuilt from the recorded history is equal, bit for bit; so is one that starts
    // from a snapshot in the middle of it; so is load(save()).
    void check_recovery() {
        const std::string expected = core_->save();
        auto rebuilt = make_();
        auto restarted = make_();
        const std::size_t middle = history_.size() / 2;
        for (std::size_t i = 0; i < history_.size(); ++i) {
            if (i == middle) {
                REQUIRE(restarted->load(rebuilt->save()));
            }
            replay(*rebuilt, history_[i]);
            if (i >= middle) {
                replay(*restarted, history_[i]);
            }
        }
        const bool is_rebuilt_equal = rebuilt->save() == expected;
        const bool is_restarted_equal = history_.empty() || restarted->save() == expected;
        REQUIRE(is_rebuilt_equal);
        REQUIRE(is_restarted_equal);
        REQUIRE(rebuilt->next_deadline() == core_->next_deadline());
        auto loaded = make_();
        REQUIRE(loaded->load(expected));
        const bool is_loaded_equal = loaded->save() == expected;
        REQUIRE(is_loaded_equal);
        REQUIRE(loaded->next_deadline() == core_->next_deadline());
    }

    // Kills the core here: it goes on as one rebuilt from a snapshot.
    void restart() {
        auto again = make_();
        REQUIRE(again->load(core_->save()));
        core_ = std::move(again);
    }

    void emit(domain::StreamId stream, domain::Payload payload) override {
        emit(stream, std::move(payload), {});
    }
    void emit(domain::StreamId stream, domain::Payload payload,
              std::vector<domain::Cause> causes) override {
        domain::Message message;
        message.stream = stream;
        message.seq = ++output_seqs_[stream];
        message.meta.event_time = message.meta.known_time = now_;
        message.meta.causes = causes_;
        message.meta.causes.insert(message.meta.causes.end(), causes.begin(), causes.end());
        message.payload = std::move(payload);
        history_.push_back({message, false});
        fresh_.push_back(message);
        all_.push_back(message);
        core_->apply(message);
    }

 private:
    struct Step {
        domain::Message message;
        bool is_input = false;  // observed, else an event of the core's own
    };

    static void replay(C& core, const Step& step) {
        if (step.is_input) {
            core.observe(step.message, step.message.meta.event_time);
        } else {
            core.apply(step.message);
        }
    }

    void run_timers(base::Timestamp until, bool inclusive) {
        for (int guard = 0;; ++guard) {
            const base::Timestamp due = core_->next_deadline();
            if (due > until || (due == until && !inclusive)) {
                return;
            }
            REQUIRE(guard < 100'000);
            now_ = std::max(now_, due);
            causes_.clear();
            guarded([&] { core_->wake(now_, *this); });
            const bool has_moved_on = core_->next_deadline() > now_;
            REQUIRE(has_moved_on);
        }
    }

    void guarded(const std::function<void()>& call) {
        if (!is_thorough_) {
            call();
            return;
        }
        const std::string before = core_->save();
        const std::size_t emitted = all_.size();
        call();
        auto copy = make_();
        REQUIRE(copy->load(before));
        for (std::size_t i = emitted; i < all_.size(); ++i) {
            copy->apply(all_[i]);
        }
        const bool changed_by_events_alone = copy->save() == core_->save();
        REQUIRE(changed_by_events_alone);
    }

    Factory make_;
    std::unique_ptr<C> core_;
    base::Timestamp now_;
    bool is_thorough_ = true;
    std::map<domain::StreamId, uint64_t> input_seqs_;
    std::map<domain::StreamId, uint64_t> output_seqs_;
    std::vector<domain::Cause> causes_;
    std::vector<Step> history_;
    std::vector<domain::Message> fresh_;
    std::vector<domain::Message> all_;
};

// The payloads of one type among messages, in order.
template <class T>
std::vector<T> payloads_of(const std::vector<domain::Message>& messages) {
    std::vector<T> found;
    for (const auto& message : messages) {
        if (const auto* payload = std::get_if<T>(&message.payload)) {
            found.push_back(*payload);
        }
    }
    return found;
}

}  // namespace sauda::test
