#pragma once

#include "common/domain/core.h"

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace sauda::test {

// Runs one core as a host would and can recover it as a host would: at every input it keeps a
// snapshot's worth of journal, and check_recovery() rebuilds the core from any of them.
template <class CoreT>
class CoreBench {
 public:
    using Make = std::function<std::unique_ptr<CoreT>()>;
    explicit CoreBench(Make make) : make_(std::move(make)), core_(make_()) { keep_snapshot(); }

    CoreT& core() { return *core_; }

    // Timers due before `now` fire first; market data goes before a timer of the same instant.
    void input(domain::StreamId stream, domain::Payload payload, domain::Timestamp now) {
        fire_due(now, false);
        domain::Message message;
        message.stream = stream;
        message.seq = ++inputs_;
        message.meta.event_time = now;
        message.meta.known_time = now;
        message.payload = std::move(payload);
        const bool is_learned = domain::is_market_derived(stream);
        if (is_learned) {
            journal_.push_back({true, message, now});
            core_->observe(message, now);
        }
        Out out(*this, now);
        core_->decide(message, now, out);
        keep_snapshot();
    }
    void advance_to(domain::Timestamp now) { fire_due(now, true); }

    // Payloads of type T emitted since the last forget().
    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (std::size_t i = forgotten_; i < events_.size(); ++i) {
            if (const auto* payload = std::get_if<T>(&events_[i].payload)) {
                found.push_back(*payload);
            }
        }
        return found;
    }
    void forget() { forgotten_ = events_.size(); }
    const std::vector<domain::Message>& events() const { return events_; }

    // From every `every`-th snapshot: load, observe and apply what followed, compare bit for bit.
    void check_recovery(std::size_t every = 1) {
        const std::string now = core_->save();
        for (std::size_t at = 0; at < snapshots_.size(); at += every) {
            const auto& [position, bytes] = snapshots_[at];
            auto recovered = make_();
            if (at > 0) {
                REQUIRE(recovered->load(bytes));
            }
            for (std::size_t i = position; i < journal_.size(); ++i) {
                const auto& entry = journal_[i];
                if (entry.is_input) {
                    recovered->observe(entry.message, entry.now);
                } else {
                    recovered->apply(entry.message);
                }
            }
            const bool is_equal = recovered->save() == now;
            CAPTURE(at);
            REQUIRE(is_equal);
            REQUIRE(recovered->next_deadline() == core_->next_deadline());
        }
    }
    // Goes on with a core loaded from the state of this one.
    void restart() {
        const std::string bytes = core_->save();
        core_ = make_();
        REQUIRE(core_->load(bytes));
        REQUIRE(core_->save() == bytes);
    }

 private:
    struct Entry {
        bool is_input = false;
        domain::Message message;
        domain::Timestamp now;
    };
    class Out final : public domain::Emitter {
     public:
        Out(CoreBench& bench, domain::Timestamp now) : bench_(bench), now_(now) {}
        void emit(domain::StreamId stream, domain::Payload payload) override {
            emit(stream, std::move(payload), {});
        }
        void emit(domain::StreamId stream, domain::Payload payload,
                  std::vector<domain::Cause> causes) override {
            domain::Message message;
            message.stream = stream;
            message.seq = bench_.events_.size() + 1;
            message.meta.event_time = now_;
            message.meta.known_time = now_;
            message.meta.causes = std::move(causes);
            message.payload = std::move(payload);
            bench_.events_.push_back(message);
            bench_.journal_.push_back({false, message, now_});
            bench_.core_->apply(message);
        }

     private:
        CoreBench& bench_;
        domain::Timestamp now_;
    };

    void fire_due(domain::Timestamp until, bool inclusive) {
        for (int i = 0; i < 100; ++i) {
            const auto due = core_->next_deadline();
            if (due == domain::Timestamp::max() || due > until || (due == until && !inclusive)) {
                return;
            }
            Out out(*this, due);
            core_->wake(due, out);
            REQUIRE(core_->next_deadline() > due);
            keep_snapshot();
        }
        FAIL("timers do not come to rest");
    }
    void keep_snapshot() { snapshots_.emplace_back(journal_.size(), core_->save()); }

    Make make_;
    std::unique_ptr<CoreT> core_;
    uint64_t inputs_ = 0;
    std::vector<domain::Message> events_;
    std::vector<Entry> journal_;
    std::vector<std::pair<std::size_t, std::string>> snapshots_;
    std::size_t forgotten_ = 0;
};

}  // namespace sauda::test
