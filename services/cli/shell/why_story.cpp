#include "common/summary/text_table.h"
#include "common/wire/describe.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"
#include "services/cli/shell/why_text.h"

// What execution did, what it cost, how it ended.
namespace sauda::cli {

using namespace domain;

namespace {

std::string because(const Reason& reason) {
    return reason.code == ReasonCode::None ? "" : ". " + wire::describe(reason);
}

// Better than the mid is positive: a unit and in rupees.
std::string slippage_words(const OrderEvent& event) {
    if (!event.mid.is_positive()) {
        return "";
    }
    const Price gain =
        event.side == Side::Sell ? event.last_price - event.mid : event.mid - event.last_price;
    return "; " + signed_rupees(Money::from_raw(gain.raw())) + " a unit against the mid of " +
           wire::price(event.mid) + " when sent";
}

std::string order_words(const OrderStep& step, const StoryBook& book, Date today) {
    const auto& event = step.event.fact;
    const auto lot = book.lot(event.contract);
    std::string text(wire::text_of(event.kind));
    const bool is_fill =
        event.kind == OrderEventKind::Fill || event.kind == OrderEventKind::PartialFill;
    if (event.kind == OrderEventKind::Placed) {
        text += ": " + std::string(wire::text_of(event.side)) + " " +
                wire::lots_and_units(event.quantity, lot) + " " +
                contract_words(event.contract, today) + " at " + wire::price(event.limit) +
                " or better";
    }
    if (is_fill) {
        text += ": " + wire::lots_and_units(event.last_quantity, lot) + " at " +
                wire::price(event.last_price) + (event.modelled ? " (modelled price)" : "") +
                (event.leaves.is_positive() ? ", " + wire::quantity(event.leaves) + " to go" : "") +
                slippage_words(event);
    }
    if ((is_fill || event.kind == OrderEventKind::Placed) && step.market) {
        text += "; market " + market_words(step.market->quote) + " of " +
                wire::ist_clock(step.market->known);
    }
    return text + because(event.reason);
}

std::string group_words(const GroupStep& step, const Story& story, Date today) {
    const auto& event = step.event.fact;
    std::string text = "trade " + std::string(wire::text_of(event.kind));
    if (event.kind == GroupEventKind::TrailRaised) {
        const auto* opening = story.opening();
        const auto distance = opening == nullptr || !opening->decision
                                  ? Money{}
                                  : opening->decision->fact.intent.exits.trailing_distance;
        return text + ": best P&L " + signed_rupees(event.best_pnl) +
               (distance.is_positive() ? ", the trailing stop now stands at " +
                                             signed_rupees(event.best_pnl - distance)
                                       : "");
    }
    if (event.kind == GroupEventKind::Opened || event.kind == GroupEventKind::ExitStarted ||
        event.kind == GroupEventKind::Flattened || event.kind == GroupEventKind::LegFailed) {
        text += ": P&L " + signed_rupees(event.pnl) + " before charges";
    }
    if (!event.stop_pnl.is_zero()) {
        text += " (level " + signed_rupees(event.stop_pnl) + ")";
    }
    text += because(event.reason);
    if (event.kind == GroupEventKind::ExitStarted) {
        for (const auto& seen : step.market) {
            text += "\n                 " + contract_words(seen.quote.contract, today) + ": " +
                    market_words(seen.quote) + " of " + wire::ist_clock(seen.known);
        }
    }
    return text;
}

// Orders and the group's own steps stand in one stream; told in its order.
std::string steps_section(const Story& story, const Words& words,
                          const std::optional<ChildId>& order) {
    if (story.orders.empty() && story.groups.empty()) {
        return "";
    }
    const auto today = base::ist_date(story.began());
    std::string text = "\nORDERS\n";
    std::size_t o = 0;
    std::size_t g = 0;
    while (o < story.orders.size() || g < story.groups.size()) {
        const bool is_order = g == story.groups.size() ||
                              (o < story.orders.size() &&
                               story.orders[o].event.place.seq < story.groups[g].event.place.seq);
        if (is_order) {
            const auto& step = story.orders[o++];
            const auto& child = step.event.fact.child;
            auto name = to_text(child);
            name.resize(std::max<std::size_t>(name.size(), 11), ' ');
            text += (order && child == *order ? "=> " : "   ") + wire::ist_clock_ms(step.event.at) +
                    "  " + name + " " + order_words(step, words.book, today) + "\n";
        } else {
            const auto& step = story.groups[g++];
            text += "   " + wire::ist_clock_ms(step.event.at) + "  " +
                    group_words(step, story, today) + "\n";
        }
    }
    for (const auto& alert : story.alerts) {
        text += "   " + wire::ist_clock_ms(alert.at) + "  alert, " +
                std::string(wire::text_of(alert.fact.severity)) + ", " + alert.fact.subject + ": " +
                wire::describe(alert.fact.reason) + "\n";
    }
    return text;
}

std::string ledger_section(const Story& story, const Result& result, const StoryBook& book) {
    if (story.ledger.empty()) {
        return "";
    }
    const auto today = base::ist_date(story.began());
    const bool has_other = !result.charges.other.is_zero();
    std::vector<std::string> heads{"time", "what",      ">price", ">cash",  ">brokerage",
                                   ">STT", ">exchange", ">SEBI",  ">stamp", ">GST"};
    if (has_other) {
        heads.emplace_back(">other");
    }
    heads.emplace_back(">charges");
    summary::TextTable table(heads);
    const auto row = [&](const std::string& time, const std::string& what, const std::string& price,
                         Money cash, const Charges& charges) {
        std::vector<std::string> cells{time,
                                       what,
                                       price,
                                       signed_rupees(cash),
                                       wire::rupees(charges.brokerage),
                                       wire::rupees(charges.stt),
                                       wire::rupees(charges.exchange),
                                       wire::rupees(charges.sebi),
                                       wire::rupees(charges.stamp),
                                       wire::rupees(charges.gst)};
        if (has_other) {
            cells.push_back(wire::rupees(charges.other));
        }
        cells.push_back(wire::rupees(charges.total()));
        table.row(std::move(cells));
    };
    for (const auto& entry : story.ledger) {
        const auto& fact = entry.fact;
        const Money turnover = fact.price * fact.quantity;
        std::string what(wire::text_of(fact.kind));
        if (fact.quantity.is_positive()) {
            what += ", " + std::string(wire::text_of(fact.side)) + " " +
                    wire::lots_and_units(fact.quantity, book.lot(fact.contract)) + " " +
                    contract_words(fact.contract, today) + (fact.modelled ? " (modelled)" : "");
        }
        row(wire::ist_clock_ms(entry.at), what, wire::price(fact.price),
            fact.side == Side::Buy ? -turnover : turnover, fact.charges);
    }
    row("", "together", "", result.sold - result.bought, result.charges);
    return "\nLEDGER\n" + table.text("   ");
}

std::string result_words(const Story& story, const Result& result) {
    if (story.ledger.empty()) {
        return story.is_denied() ? "It was denied; nothing was sent." : "Nothing was traded.";
    }
    std::string text = "net " + signed_rupees(result.net()) + " = ";
    text += result.is_flat ? "gross " + signed_rupees(result.realised)
                           : "realised " + signed_rupees(result.realised) + ", open " +
                                 signed_rupees(result.unrealised) + " at the last quotes";
    return text + " - charges " + wire::rupees(result.charges.total()) +
           (result.is_marked ? "" : " (something open has no quote)");
}

Money best_of(const Story& story) {
    Money best;
    for (const auto& step : story.groups) {
        best = std::max(best, step.event.fact.best_pnl);
    }
    return best;
}

std::string head(const Story& story, const Result& result) {
    const auto* opening = story.opening();
    std::string text = story.is_denied() ? "INTENT " + std::to_string(story.group) + ", DENIED"
                                         : "TRADE G" + std::to_string(story.group);
    text += "   bot " + story.bot;
    if (opening != nullptr && opening->intent().kind != StrategyKind::Unspecified) {
        text += ", " + std::string(wire::text_of(opening->intent().kind));
    }
    text += ", account " + story.account + ", " +
            wire::ist_date_text(base::ist_date(story.began())) + "\n";
    const auto ending = story.ending();
    if (story.state() != GroupState::Unspecified) {
        text += "   " + std::string(wire::text_of(story.state()));
        text += ending.code == ReasonCode::None ? "\n" : ": " + wire::sentence(ending) + "\n";
    } else if (ending.code != ReasonCode::None) {
        text += "   " + wire::sentence(ending) + "\n";
    }
    text += "   " + result_words(story, result) + "\n";
    if (best_of(story).is_positive()) {
        text += "   best P&L by which the trailing stop was set: " + signed_rupees(best_of(story)) +
                "\n";
    }
    return text;
}

}  // namespace

std::string story_text(const Story& story, const Words& words,
                       const std::optional<ChildId>& order) {
    const auto result = words.book.result(story);
    std::string text = head(story, result);
    if (story.opening() == nullptr) {
        text += "   Its entry stands before the beginning of this archive.\n";
    }
    return text + requests_text(story, words) + steps_section(story, words, order) +
           ledger_section(story, result, words.book);
}

}  // namespace sauda::cli
