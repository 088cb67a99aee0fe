#include "common/wire/describe.h"

#include "common/wire/format.h"
#include "common/wire/reasons.h"

namespace sauda::wire {

using namespace domain;

namespace {

std::string text(std::string_view view) { return std::string(view); }

std::string plural(std::size_t n, std::string_view word) {
    return grouped(static_cast<int64_t>(n)) + " " + text(word) + (n == 1 ? "" : "s");
}

// " <sentence> [CODE ...]" or nothing.
std::string because(const Reason& reason) {
    return reason.code == ReasonCode::None ? "" : ". " + describe(reason);
}

std::string legs_text(const std::vector<Leg>& legs) {
    std::string line;
    for (const auto& leg : legs) {
        line += (line.empty() ? "" : ", ") + describe(leg);
    }
    return line;
}

std::string one(const QuoteBatch& batch) {
    if (batch.quotes.size() != 1) {
        return text(to_text(batch.underlying)) + ": " + plural(batch.quotes.size(), "quote");
    }
    const auto& quote = batch.quotes.front();
    return to_text(quote.contract) + ": bid " + price(quote.bid) + ", ask " + price(quote.ask) +
           ", last " + price(quote.last);
}

std::string one(const BarBatch& batch) {
    return text(to_text(batch.underlying)) + ": " + plural(batch.bars.size(), "bar") + " of " +
           duration_text(batch.length) + " from " + ist_clock(batch.start);
}

std::string one(const InstrumentBatch& batch) {
    return plural(batch.instruments.size(), "contract") + " listed for " +
           ist_date_text(batch.date);
}

std::string one(const SessionEvent& event) {
    const auto kind = text(text_of(event.kind));
    const auto underlying = text(to_text(event.underlying));
    const auto exchange = text(to_text(event.exchange));
    switch (event.kind) {
        case SessionKind::DayStart:
        case SessionKind::Open:
            return exchange + ": " + kind + ", " + ist_date_text(event.date) +
                   (event.close_at.is_set() ? ", until " + ist_clock(event.close_at) : "");
        case SessionKind::Settlement:
            return underlying + ": contracts of " + ist_date_text(event.expiry) + " settle at " +
                   price(event.price);
        case SessionKind::StaleBegin:
            return underlying + ": no fresh data for " + duration_text(event.duration);
        case SessionKind::StaleEnd:
            return underlying + ": data fresh again after " + duration_text(event.duration);
        case SessionKind::Holiday:
            return exchange + ": holiday on " + ist_date_text(event.date) +
                   (event.detail.empty() ? "" : ", " + event.detail);
        case SessionKind::RunEnd:
            return kind;
        case SessionKind::PreOpen:
        case SessionKind::Close:
        case SessionKind::DayEnd:
        case SessionKind::Unspecified:
            break;
    }
    return exchange + ": " + kind + ", " + ist_date_text(event.date);
}

std::string one(const SourceInfo& info) {
    return "source " + info.name + ": " + text(text_of(info.origin)) + " data, " +
           text(to_text(info.underlying)) + ", " + ist_date_text(info.date) + ", every " +
           duration_text(info.interval) + (info.has_depth ? "" : ", without bid and ask");
}

std::string one(const Signal& signal) {
    const auto direction = signal.score > 0 ? "up" : signal.score < 0 ? "down" : "flat";
    return "signal " + std::to_string(signal.id) + ": " + text(to_text(signal.underlying)) + " " +
           direction + ", score " + per_million_as_percent(signal.score) + ", confidence " +
           per_million_as_percent(signal.confidence) + ", " +
           (signal.model.empty() ? text(text_of(signal.origin)) : "model " + signal.model);
}

std::string one(const Intent& intent) {
    return "bot " + intent.bot + " wants to " + text(text_of(intent.purpose)) + " trade " +
           std::to_string(intent.group != 0 ? intent.group : intent.id) + ": " +
           legs_text(intent.legs) + because(intent.why);
}

std::string one(const BotEvent& event) {
    std::string line = "bot " + event.bot + ": " + text(text_of(event.kind));
    if (event.group != 0) {
        line += ", trade " + std::to_string(event.group) + " " +
                text(text_of(static_cast<GroupState>(event.group_state)));
    }
    for (const auto& number : event.memory) {
        line += ", " + number.name + " " + number_text(number);
    }
    return line + because(event.reason);
}

std::string one(const Decision& decision) {
    const auto& intent = decision.intent;
    return "risk " + text(text_of(decision.verdict)) + " intent " + std::to_string(intent.id) +
           " of bot " + intent.bot + " (" + text(text_of(intent.purpose)) +
           "): " + legs_text(intent.legs) + because(decision.reason);
}

std::string one(const TradingStateEvent& event) {
    return (event.account.empty() ? "trading" : "account " + event.account) + " is now " +
           text(text_of(event.state)) + (event.by.empty() ? "" : ", by " + event.by) +
           (event.flatten == FlattenPhase::None ? "" : ", " + text(text_of(event.flatten))) +
           because(event.reason);
}

std::string one(const AccountEvent& event) {
    return "account " + event.account + ": " + text(text_of(event.kind)) + ", " +
           ist_date_text(event.date) + ", equity " + rupees(event.equity) + " (capital " +
           rupees(event.capital) + ", realised " + rupees(event.realised) + ", unrealised " +
           rupees(event.unrealised) + ", charges " + rupees(event.charges) + ")";
}

std::string one(const PositionEvent& event) {
    return "position of " + event.key.bot + " in " + to_text(event.key.contract) + ": " +
           quantity(event.position.net) + ", realised " + rupees(event.position.realised);
}

std::string one(const OrderEvent& event) {
    std::string line = "order " + to_text(event.child) + " " + text(text_of(event.kind)) + ": " +
                       text(text_of(event.side)) + " " + quantity(event.quantity) + " " +
                       to_text(event.contract) + " at " + price(event.limit);
    if (event.last_quantity.is_positive()) {
        line += ", filled " + quantity(event.last_quantity) + " at " + price(event.last_price) +
                (event.modelled ? " (modelled)" : "") + ", " + quantity(event.leaves) + " left";
    }
    return line + because(event.reason);
}

std::string one(const GroupEvent& event) {
    std::string line = "trade " + std::to_string(event.group) + " of bot " + event.bot + ": " +
                       text(text_of(event.kind));
    if (event.kind == GroupEventKind::ExitStarted || event.kind == GroupEventKind::Flattened ||
        event.kind == GroupEventKind::TrailRaised) {
        line += ", P&L " + rupees(event.pnl);
    }
    return line + because(event.reason);
}

std::string one(const LedgerEntry& entry) {
    std::string line = "ledger " + std::to_string(entry.id) + ", " + entry.account + ": " +
                       text(text_of(entry.kind));
    if (entry.kind == LedgerKind::Deposit) {
        return line + " of " + rupees(entry.amount);
    }
    if (entry.quantity.is_positive()) {
        line += ", " + text(text_of(entry.side)) + " " + quantity(entry.quantity) + " " +
                to_text(entry.contract) + " at " + price(entry.price);
    }
    return line + ", charges " + rupees(entry.charges.total());
}

std::string one(const Alert& alert) {
    return text(text_of(alert.severity)) + (alert.subject.empty() ? "" : ", " + alert.subject) +
           ": " + describe(alert.reason);
}

std::string one(const Delivery& delivery) {
    const auto event = "message " + std::to_string(delivery.seq) + " of " +
                       topic_of(static_cast<StreamId>(delivery.stream));
    if (delivery.grouped == 0) {
        return "kept for " + delivery.channel + ", to be told with others: " + event;
    }
    return "told by " + delivery.channel + ": " + event +
           (delivery.grouped > 1 ? " and " + std::to_string(delivery.grouped - 1) + " more" : "") +
           (delivery.text.empty() ? "" : ": " + delivery.text);
}

std::string one(const OperatorCommand& command) {
    return "operator " + command.by + ": " + text(text_of(command.act)) +
           (command.target.empty() ? "" : " " + command.target) +
           (command.parameter.empty() ? ""
                                      : ", " + command.parameter + " = " + grouped(command.value)) +
           (command.note.empty() ? "" : ", " + command.note);
}

std::string one(const HealthChange& change) {
    return text(to_text(static_cast<Service>(change.service))) + " is " +
           (change.is_followed ? "followed" : "not followed") + ", lag " +
           duration_text({change.lag_ns}) + ", disk free " +
           per_million_as_percent(change.free_disk_permille * 1000) + ", clock off by " +
           duration_text({change.clock_offset_ns});
}

std::string one(const ExecutorEvent& event) {
    return "execution writes to database " + event.database_id;
}

}  // namespace

std::string describe(const Leg& leg) {
    return text(text_of(leg.side)) + " " + quantity(leg.quantity) + " " + to_text(leg.contract) +
           " at " + price(leg.limit);
}

std::string describe(const Reason& reason) {
    return sentence(reason) + " [" + machine_text(reason) + "]";
}

std::string describe(const Message& message) {
    std::string line =
        std::visit([](const auto& payload) { return one(payload); }, message.payload);
    for (char& ch : line) {
        if (static_cast<unsigned char>(ch) < 0x20U || ch == 0x7F) {
            ch = ' ';
        }
    }
    return line;
}

}  // namespace sauda::wire
