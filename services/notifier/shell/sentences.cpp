#include "services/notifier/shell/sentences.h"

#include "common/wire/describe.h"
#include "common/wire/format.h"

namespace sauda::notifier {

using namespace domain;

namespace {

std::string because(const Reason& reason) {
    return reason.code == ReasonCode::None ? "" : " " + wire::describe(reason);
}

std::string signed_rupees(Money amount) {
    return (amount.is_positive() ? "+" : "") + wire::rupees(amount);
}

// "sell 1 lot (65) NIFTY 25,250 CE 23-Nov"
std::string order_words(Side side, Quantity quantity, ContractId contract, const MarketRules& rules,
                        Timestamp at) {
    const auto instrument = rules.instrument(contract, base::ist_date(at));
    return std::string(wire::text_of(side)) + " " +
           wire::lots_and_units(quantity, instrument ? instrument->lot : Quantity{}) + " " +
           contract_words(contract);
}

std::string sentence(const OrderEvent& event, const MarketRules& rules, Timestamp at) {
    const auto code = " [" + to_text(event.child) + "]";
    const auto order = order_words(event.side, event.quantity, event.contract, rules, at);
    const auto limit = " at " + wire::price(event.limit);
    switch (event.kind) {
        case OrderEventKind::Placed:
            return event.bot + ": order placed, " + order + limit + code;
        case OrderEventKind::Fill:
        case OrderEventKind::PartialFill: {
            const bool is_part = event.kind == OrderEventKind::PartialFill;
            return event.bot + ": " + (is_part ? "part of an order filled, " : "order filled, ") +
                   order_words(event.side, event.last_quantity, event.contract, rules, at) +
                   " at " + wire::price(event.last_price) + (event.modelled ? " (modelled)" : "") +
                   (is_part ? ", " + wire::quantity(event.leaves) + " units left" : "") + code;
        }
        case OrderEventKind::Rejected:
            return event.bot + ": order rejected by the exchange, " + order + limit + "." +
                   because(event.reason) + code;
        case OrderEventKind::Denied:
            return event.bot + ": order stopped by the last check, " + order + limit + "." +
                   because(event.reason) + code;
        case OrderEventKind::TimedOut:
            return event.bot + ": no answer from the exchange to " + order + limit +
                   ". It may be working: nothing is done in this contract until that is known." +
                   code;
        case OrderEventKind::Unspecified:
        case OrderEventKind::Sent:
        case OrderEventKind::Accepted:
        case OrderEventKind::CancelRequested:
        case OrderEventKind::Cancelled:
        case OrderEventKind::Found:
        case OrderEventKind::NotFound:
        case OrderEventKind::CancelRejected:
            break;
    }
    return "";
}

std::string sentence(const GroupEvent& event, const MarketRules& /*rules*/, Timestamp /*at*/) {
    const auto trade = event.bot + ": ";
    const auto code = " [G" + std::to_string(event.group) + "]";
    switch (event.kind) {
        case GroupEventKind::Opened:
            return trade + "position opened, every leg is in" + code;
        case GroupEventKind::ExitStarted:
            return trade + "closing the position at a P&L of " + signed_rupees(event.pnl) +
                   " before charges." + because(event.reason) + code;
        case GroupEventKind::Flattened:
            return trade + "position closed, net " + signed_rupees(event.pnl - event.charges) +
                   " (" + signed_rupees(event.pnl) + " less charges of " +
                   wire::rupees(event.charges) + ")." + because(event.reason) + code;
        case GroupEventKind::LegFailed:
            return trade + "a leg could not be filled." + because(event.reason) + code;
        case GroupEventKind::Refused:
            return trade + "trade refused before it was sent." + because(event.reason) + code;
        case GroupEventKind::Unspecified:
        case GroupEventKind::Accepted:
        case GroupEventKind::EntryStarted:
        case GroupEventKind::LegFilled:
        case GroupEventKind::TrailRaised:
            break;
    }
    return "";
}

std::string sentence(const AccountEvent& event, const MarketRules& /*rules*/, Timestamp /*at*/) {
    const auto account = "account " + event.account + ": ";
    const auto day = wire::ist_date_text(event.date);
    switch (event.kind) {
        case AccountEventKind::DayStarted:
            return account + day + " begins" +
                   (event.equity.raw() == 0 ? "" : " with " + wire::rupees(event.equity));
        case AccountEventKind::DayEnded:
            return account + day + " ends with " + wire::rupees(event.equity) + " (capital " +
                   wire::rupees(event.capital) + ", realised " + signed_rupees(event.realised) +
                   ", unrealised " + signed_rupees(event.unrealised) + ", charges " +
                   wire::rupees(event.charges) + ", all since the account was opened)";
        case AccountEventKind::Unspecified:
        case AccountEventKind::Deposited:
        case AccountEventKind::PeakRaised:
            break;
    }
    return "";
}

std::string sentence(const Signal& event, const MarketRules& /*rules*/, Timestamp /*at*/) {
    const auto* direction = event.score > 0 ? "up" : event.score < 0 ? "down" : "nowhere";
    return "the signal on " + std::string(to_text(event.underlying)) + " now points " + direction +
           ", confidence " + std::to_string((event.confidence + 5'000) / 10'000) + " %, by " +
           (event.model.empty() ? "the rules alone" : "model " + event.model) + " [signal " +
           std::to_string(event.id) + "]";
}

std::string sentence(const Decision& event, const MarketRules& rules, Timestamp at) {
    std::string legs;
    for (const auto& leg : event.intent.legs) {
        legs += (legs.empty() ? "" : ", ") +
                order_words(leg.side, leg.quantity, leg.contract, rules, at);
    }
    const bool is_exit = event.intent.purpose == Purpose::Reduce;
    return event.intent.bot + ": " + std::string(wire::text_of(event.verdict)) +
           (is_exit ? " to close, " : " to open, ") + legs + "." + because(event.reason) + " [I" +
           std::to_string(event.intent.id) + "]";
}

std::string sentence(const Alert& event, const MarketRules& /*rules*/, Timestamp /*at*/) {
    return (event.subject.empty() ? "" : event.subject + ": ") + wire::describe(event.reason);
}

template <class T>
std::string sentence(const T& /*as wire has it*/, const MarketRules& /*rules*/, Timestamp /*at*/) {
    return "";
}

}  // namespace

std::string contract_words(ContractId contract) {
    const auto expiry = contract.expiry().days == 0
                            ? std::string()
                            : " " + wire::ist_date_text(contract.expiry()).substr(4, 6);
    const auto name = std::string(to_text(contract.underlying()));
    if (!contract.is_option()) {
        return contract.kind() == ContractKind::Future ? name + " FUT" + expiry : to_text(contract);
    }
    auto strike = wire::price(contract.strike());
    if (strike.ends_with(".00")) {
        strike.resize(strike.size() - 3);
    }
    return name + " " + strike + (contract.kind() == ContractKind::Call ? " CE" : " PE") + expiry;
}

std::string sentence_of(const Message& message, const MarketRules& rules) {
    auto text = std::visit(
        [&](const auto& payload) { return sentence(payload, rules, message.meta.event_time); },
        message.payload);
    if (text.empty()) {
        return wire::describe(message);
    }
    for (char& c : text) {
        c = static_cast<unsigned char>(c) < 0x20U || c == 0x7F ? ' ' : c;
    }
    return text;
}

}  // namespace sauda::notifier
