#include "services/notifier/shell/backlog.h"

#include "common/domain/message.h"
#include "common/wire/codec.h"
#include "services/notifier/core/notifier_core.h"

namespace sauda::notifier {

namespace {

std::string event_of(const domain::Delivery& delivery) {
    return domain::topic_of(static_cast<domain::StreamId>(delivery.stream)) +
           std::to_string(delivery.seq);
}

// "paper:D/risk/state/4@1763437500000000000": the account may begin anew and count from one again,
// the time it happened tells the two apart. A summary of what did not fit names its last event,
// which may have been told before; the report names the end of the run.
std::string key_of(const std::string& environment, const domain::Delivery& delivery,
                   const domain::Meta& meta) {
    std::string key =
        environment + ":" + event_of(delivery) + "@" + std::to_string(meta.event_time.ns);
    for (const auto group : {NotifierCore::kOverflow, NotifierCore::kReport}) {
        if (delivery.group.starts_with(group)) {
            key += "/" + std::string(group);
        }
    }
    return key;
}

Line line_of(const std::string& environment, uint64_t seq, const domain::Delivery& delivery,
             const domain::Meta& meta) {
    Line line{.delivery = seq,
              .event = event_of(delivery),
              .key = key_of(environment, delivery, meta),
              .at = meta.event_time,
              .severity = delivery.severity,
              .kind = std::string(to_text(kind_of(delivery.group))),
              .text = delivery.text,
              .grouped = delivery.grouped};
    if (delivery.group.starts_with(NotifierCore::kReport)) {
        line.report = std::string(subject_of(delivery.group));
    }
    return line;
}

}  // namespace

Backlog::Backlog(std::string receiver, std::string channel, std::string environment)
    : receiver_(std::move(receiver)),
      channel_(std::move(channel)),
      environment_(std::move(environment)) {}

bool Backlog::restore(store::Store& store, uint64_t end) {
    const auto text = store.meta("told/" + receiver_);
    done_ = text ? std::stoull(*text) : end;
    scanned_ = done_;
    return text.has_value();
}

std::pair<std::string, std::string> Backlog::cursor() const {
    return {"told/" + receiver_, std::to_string(done_)};
}

void Backlog::read(store::Store& store, uint64_t end, std::size_t lines_wanted) {
    constexpr uint32_t kRows = 64;
    const auto stream = domain::StreamId::NotifierDelivery;
    while (scanned_ < end && lines_.size() < lines_wanted) {
        const auto rows =
            store.outbox(static_cast<uint16_t>(stream), scanned_ + 1, kRows, UINT64_MAX);
        if (rows.empty()) {
            scanned_ = end;  // older than what is kept
        }
        for (const auto& row : rows) {
            scanned_ = row.seq;
            const auto decoded = wire::decode(stream, row.schema, row.payload);
            const auto* delivery =
                decoded ? std::get_if<domain::Delivery>(&decoded->payload) : nullptr;
            if (delivery != nullptr && delivery->channel == channel_ && delivery->grouped > 0) {
                lines_.push_back(line_of(environment_, row.seq, *delivery, decoded->meta));
            }
        }
    }
    if (lines_.empty() && taken_ == 0) {
        done_ = scanned_;
    }
}

Parcel Backlog::next(store::Store& store, uint64_t end, std::size_t lines_max) {
    read(store, end, lines_max);
    Parcel parcel;
    while (!lines_.empty() && parcel.lines.size() < lines_max) {
        // A report is a message of its own.
        const bool is_alone = lines_.front().report.has_value();
        if (is_alone && !parcel.lines.empty()) {
            break;
        }
        parcel.lines.push_back(std::move(lines_.front()));
        lines_.pop_front();
        if (is_alone) {
            break;
        }
    }
    taken_ = parcel.lines.empty() ? 0 : parcel.lines.back().delivery;
    return parcel;
}

void Backlog::advance() {
    done_ = lines_.empty() ? scanned_ : taken_;
    taken_ = 0;
}

}  // namespace sauda::notifier
