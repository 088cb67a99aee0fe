#include "common/kernel/participant.h"

#include <algorithm>
#include <tuple>

namespace sauda::kernel {

namespace {

constexpr int kWakesPerRoundMax = 100'000;

// Market data and the feed's source control carry their own time; everything else is taken at the
// time of the round.
bool is_timed(const Message& message) {
    return domain::class_of(message.stream) == domain::StreamClass::Journaled ||
           message.stream == domain::operator_stream(Service::Feed);
}

uint64_t fold(uint64_t hash, const Message& message) {
    base::Hash64 next;
    next.add(hash);
    next.add(domain::content_hash(message));
    return next.value();
}

}  // namespace

Participant::Participant(Service service, std::unique_ptr<domain::Core> core, uint64_t run)
    : service_(service), core_(std::move(core)), run_(run) {
    for (const auto stream : domain::durable_streams_of(service)) {
        ends_[stream] = 0;
    }
}

void Participant::begin(bool is_timer, const Message* input, Timestamp now) {
    now_ = std::max(now_, now);
    ++ordinal_;
    cause_.clear();
    Consumption consumption{.ordinal = ordinal_, .is_timer = is_timer, .now = now_};
    if (input != nullptr) {
        consumption.stream = input->stream;
        consumption.seq = input->seq;
        cause_.push_back({input->stream, input->seq});
    }
    consumed_.push_back(consumption);
}

void Participant::deliver(const Message& input, Timestamp now) {
    begin(false, &input, now);
    if (domain::is_market_derived(input.stream)) {
        core_->observe(input, now_);
    }
    core_->decide(input, now_, *this);
}

void Participant::fire_until(Timestamp limit, Timestamp not_before) {
    for (int n = 0; core_->next_deadline() < limit; ++n) {
        INVARIANT(n < kWakesPerRoundMax);
        const Timestamp due = std::max(core_->next_deadline(), not_before);
        begin(true, nullptr, due);
        core_->wake(now_, *this);
    }
}

RoundResult Participant::run_round(const Round& round, std::vector<Message> inputs) {
    INVARIANT(round.round < kRoundsMax);
    step_ = round.step;
    round_ = round.round;
    const bool opening = round.round == 0;
    // Untimed messages of round 0 (effects of operator acts between steps) come first.
    std::sort(inputs.begin(), inputs.end(), [](const Message& a, const Message& b) {
        const auto key = [](const Message& m) {
            const bool timed = is_timed(m);
            return std::tuple(timed, timed ? m.meta.known_time : Timestamp{}, m.stream, m.seq);
        };
        return key(a) < key(b);
    });
    for (const auto& input : inputs) {
        if (opening && is_timed(input)) {
            const Timestamp at = std::max(input.meta.known_time, round.window_start);
            fire_until(at, round.window_start);
            deliver(input, at);
        } else {
            deliver(input, opening ? round.window_start : round.window_end);
        }
    }
    if (opening) {
        fire_until(round.window_end, round.window_start);
    }
    return {.service = service_,
            .step = round.step,
            .round = round.round,
            .outputs = ends_,
            .next_deadline = core_->next_deadline(),
            .state_hash = emitted_hash_};
}

void Participant::handle(const Message& input, Timestamp now) { deliver(input, now); }

void Participant::wake(Timestamp now) {
    now_ = std::max(now_, now);
    fire_until(Timestamp{now_.ns + 1}, now_);
}

void Participant::emit(StreamId stream, domain::Payload payload) {
    emit(stream, std::move(payload), {});
}

void Participant::emit(StreamId stream, domain::Payload payload,
                       std::vector<domain::Cause> causes) {
    INVARIANT(domain::owner_of(stream) == service_);
    INVARIANT(!consumed_.empty());
    Message message;
    message.stream = stream;
    message.seq = ++ends_.at(stream);
    message.meta.event_time = now_;
    message.meta.known_time = now_;
    message.meta.causes = cause_;
    message.meta.causes.insert(message.meta.causes.end(), causes.begin(), causes.end());
    message.meta.step = step_;
    message.meta.round = round_;
    message.meta.run = run_;
    message.payload = std::move(payload);
    core_->apply(message);
    emitted_hash_ = fold(emitted_hash_, message);
    outputs_.push_back({ordinal_, std::move(message)});
}

std::vector<Consumption> Participant::take_consumed() { return std::exchange(consumed_, {}); }
std::vector<Output> Participant::take_outputs() { return std::exchange(outputs_, {}); }

void Participant::replay_input(uint64_t ordinal, const Message& input, Timestamp now) {
    INVARIANT(ordinal == ordinal_ + 1);
    ordinal_ = ordinal;
    now_ = std::max(now_, now);
    if (domain::is_market_derived(input.stream)) {
        core_->observe(input, now_);
    }
}

void Participant::replay_silent(uint64_t ordinal, Timestamp now) {
    INVARIANT(ordinal == ordinal_ + 1);
    ordinal_ = ordinal;
    now_ = std::max(now_, now);
}

void Participant::replay_output(const Message& output) {
    ends_.at(output.stream) = output.seq;
    core_->apply(output);
    emitted_hash_ = fold(emitted_hash_, output);
}

void Participant::restore(uint64_t ordinal, Timestamp now, const StreamEnds& outputs,
                          uint64_t emitted_hash) {
    ordinal_ = ordinal;
    now_ = now;
    for (const auto& [stream, seq] : outputs) {
        ends_.at(stream) = seq;
    }
    emitted_hash_ = emitted_hash;
}

}  // namespace sauda::kernel
