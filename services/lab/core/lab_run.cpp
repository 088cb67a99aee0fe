#include "services/lab/core/lab_run.h"

#include "common/domain/message_order.h"

#include <algorithm>

namespace sauda::lab {

LabRun::LabRun(domain::Duration window, uint64_t run) : window_(window), run_(run) {}

void LabRun::add(domain::Service service, std::unique_ptr<domain::Core> core,
                 std::vector<domain::StreamId> inputs) {
    members_[service] = {
        .participant = std::make_unique<kernel::Participant>(service, std::move(core), run_),
        .inputs = std::move(inputs),
        .waiting = {}};
}

const domain::Core& LabRun::core(domain::Service service) const {
    return members_.at(service).participant->core();
}

void LabRun::run(MarketData& data) {
    std::set<domain::Service> services;
    for (const auto& [service, member] : members_) {
        services.insert(service);
    }
    if (!scheduler_) {
        scheduler_.emplace(window_, services);
    }
    phase_ = Phase::Starting;
    seq_before_ = seq_now_;
    info_ = data.info();
    const auto first = data.next_time();
    INVARIANT(first.has_value());
    const auto morning = base::ist(base::ist_date(*first), base::minutes(540));
    start_at_ = std::min(morning, *first - domain::Duration{1});
    while (phase_ != Phase::Ended) {
        run_step(data);
    }
}

std::optional<domain::Timestamp> LabRun::next_event(MarketData& data) const {
    switch (phase_) {
        case Phase::Starting:
            return start_at_;
        case Phase::Playing:
            return data.next_time();
        case Phase::Ending:
            return last_known_;
        case Phase::Draining:
        case Phase::Ended:
            return std::nullopt;
    }
    return std::nullopt;
}

void LabRun::load_window(MarketData& data, const kernel::Round& round) {
    auto& feed = members_.at(domain::Service::Feed);
    const auto control = [&](domain::Payload payload, domain::Timestamp at) {
        feed.waiting.push_back(
            {.stream = domain::operator_stream(domain::Service::Feed),
             .seq = ++local_seq_,
             .meta = {.event_time = at, .known_time = at, .causes = {}, .run = run_},
             .payload = std::move(payload)});
    };
    if (phase_ == Phase::Starting && start_at_ < round.window_end) {
        control(info_, start_at_);
        phase_ = Phase::Playing;
    }
    while (phase_ == Phase::Playing) {
        const auto next = data.next_time();
        if (!next) {
            phase_ = Phase::Ending;
            break;
        }
        if (*next >= round.window_end) {
            break;
        }
        auto message = data.pop();
        ++market_messages_;
        last_known_ = message.meta.known_time;
        message.seq += seq_before_[message.stream];
        seq_now_[message.stream] = message.seq;
        scheduler_->expect(message.stream, message.seq);
        feed.waiting.push_back(message);
        route(message);
        step_messages_.push_back(std::move(message));
    }
    if (phase_ == Phase::Ending && last_known_ < round.window_end) {
        domain::SessionEvent ended;
        ended.kind = domain::SessionKind::RunEnd;
        ended.date = info_.date;
        control(ended, last_known_);
        phase_ = Phase::Draining;
    }
}

void LabRun::run_step(MarketData& data) {
    auto round = scheduler_->begin_step(next_event(data));
    INVARIANT(round.has_value());
    step_messages_.clear();
    load_window(data, *round);
    while (round) {
        for (auto& [service, member] : members_) {
            // What another member emits in this round is input of the next one.
            scheduler_->accept(
                member.participant->run_round(*round, std::exchange(member.waiting, {})));
        }
        std::vector<domain::Message> emitted;
        for (auto& [service, member] : members_) {
            collect(member, emitted);
        }
        for (auto& message : emitted) {
            route(message);
            step_messages_.push_back(std::move(message));
        }
        round = scheduler_->next_round();
    }
    tell(step_messages_);
}

void LabRun::collect(Member& member, std::vector<domain::Message>& emitted) {
    (void)member.participant->take_consumed();
    for (auto& output : member.participant->take_outputs()) {
        const auto* session = std::get_if<domain::SessionEvent>(&output.message.payload);
        if (session != nullptr && session->kind == domain::SessionKind::RunEnd &&
            phase_ == Phase::Draining) {
            phase_ = Phase::Ended;
        }
        hash_.add(output.message);
        emitted.push_back(std::move(output.message));
    }
}

void LabRun::route(const domain::Message& message) {
    for (auto& [service, member] : members_) {
        if (std::find(member.inputs.begin(), member.inputs.end(), message.stream) !=
            member.inputs.end()) {
            member.waiting.push_back(message);
        }
    }
}

void LabRun::tell(std::vector<domain::Message>& messages) {
    std::sort(messages.begin(), messages.end(), [this](const auto& a, const auto& b) {
        return domain::order_key(a, window_) < domain::order_key(b, window_);
    });
    for (const auto& message : messages) {
        on_message(message);
    }
}

}  // namespace sauda::lab
