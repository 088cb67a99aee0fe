#include "services/cli/shell/why_text.h"

#include "common/summary/text_table.h"
#include "common/wire/describe.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"

namespace sauda::cli {

using namespace domain;

namespace {

std::string expiry_words(Date expiry, Date today) {
    const auto text = wire::ist_date_text(expiry).substr(4);  // without the weekday
    const bool is_this_year = base::civil_of(expiry).year == base::civil_of(today).year;
    return is_this_year ? text.substr(0, text.size() - 5) : text;
}

std::string side_words(Price price, Quantity size) {
    if (!price.is_positive()) {
        return "none";
    }
    return wire::price(price) + (size.is_positive() ? " x " + wire::quantity(size) : "");
}

std::string day_and_clock(Timestamp at) {
    return wire::ist_date_text(base::ist_date(at)).substr(4, 6) + " " + wire::ist_clock(at);
}

std::string legs_words(const Story& story, const StoryBook& book) {
    const auto* opening = story.opening();
    const auto today = base::ist_date(story.began());
    if (opening == nullptr) {
        return "opened before this archive";
    }
    std::string text;
    for (const auto& leg : opening->intent().legs) {
        text += (text.empty() ? "" : ", ") + std::string(wire::text_of(leg.side)) + " " +
                wire::lots_and_units(leg.quantity, book.lot(leg.contract)) + " " +
                contract_words(leg.contract, today);
    }
    return text;
}

std::string state_words(const Story& story) {
    if (story.is_denied()) {
        return "denied";
    }
    if (story.state() == GroupState::Unspecified) {
        return "asked";
    }
    return std::string(wire::text_of(story.state()));
}

}  // namespace

std::string contract_words(ContractId contract, Date today) {
    std::string text(to_text(contract.underlying()));
    switch (contract.kind()) {
        case ContractKind::Spot:
            return text + " index";
        case ContractKind::Future:
            return text + " future " + expiry_words(contract.expiry(), today);
        case ContractKind::Synthetic:
            return text + " forward " + expiry_words(contract.expiry(), today);
        case ContractKind::Call:
        case ContractKind::Put:
            break;
        case ContractKind::Unspecified:
            return to_text(contract);
    }
    auto strike = wire::number_text({"", contract.strike().raw() / 10'000, Unit::Count});
    std::erase(strike, ',');
    if (const auto paise = contract.strike().raw() % 10'000 / 100; paise != 0) {
        strike += "." + std::string(paise < 10 ? "0" : "") + std::to_string(paise);
    }
    return text + " " + strike + (contract.kind() == ContractKind::Call ? " CE " : " PE ") +
           expiry_words(contract.expiry(), today);
}

std::string leg_words(const Leg& leg, const StoryBook& book, Date today) {
    return std::string(wire::text_of(leg.side)) + " " +
           wire::lots_and_units(leg.quantity, book.lot(leg.contract)) + " " +
           contract_words(leg.contract, today) + " at " + wire::price(leg.limit) + " or better" +
           (leg.is_hedge ? " (hedge: first in, last out)" : "");
}

std::string market_words(const Quote& quote) {
    if (!quote.has_bid() && !quote.has_ask()) {
        return "last " + side_words(quote.last, {}) + ", no bid and no ask";
    }
    return "bid " + side_words(quote.bid, quote.bid_size) + ", ask " +
           side_words(quote.ask, quote.ask_size);
}

std::string signed_rupees(Money amount) {
    return (amount.is_negative() ? "" : "+") + wire::rupees(amount);
}

std::string millionths(int64_t value) {
    const auto size = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    auto fraction = std::to_string(1'000'000 + size % 1'000'000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (value < 0 ? "-" : "") + std::to_string(size / 1'000'000) +
           (fraction.empty() ? "" : "." + fraction);
}

std::string list_text(const StoryBook& book) {
    if (book.stories().empty()) {
        return "No bot has asked for a trade yet.\n" +
               (book.skips().empty() ? std::string()
                                     : "They skipped " + std::to_string(book.skips().size()) +
                                           " times: `sauda why --denied` lists why.\n");
    }
    summary::TextTable table({"trade", "bot", "asked", "what", "state", ">net", "why it ended"});
    for (const auto& [id, story] : book.stories()) {
        const bool has_traded = !story.ledger.empty();
        const auto ending = story.ending();
        table.row({(story.is_denied() ? "" : "G") + std::to_string(id), story.bot,
                   day_and_clock(story.began()), legs_words(story, book), state_words(story),
                   has_traded ? signed_rupees(book.result(story).net()) : "-",
                   ending.code == ReasonCode::None ? "" : wire::sentence(ending)});
    }
    return table.text("") +
           "\n`sauda why G1` tells the whole story of a trade, `sauda why 9` that "
           "of a denied one, `sauda why --denied` all denials.\n";
}

std::string denied_text(const StoryBook& book) {
    summary::TextTable table({"intent", "bot", "time", "what", "reason", "code"});
    std::size_t denied = 0;
    for (const auto& [id, story] : book.stories()) {
        for (const auto& request : story.requests) {
            if (!request.is_denied()) {
                continue;
            }
            ++denied;
            const auto& intent = request.intent();
            const auto today = base::ist_date(request.at());
            std::string what;
            for (const auto& leg : intent.legs) {
                what += (what.empty() ? "" : ", ") + leg_words(leg, book, today);
            }
            const auto& reason = request.decision->fact.reason;
            table.row({std::to_string(intent.id), intent.bot, day_and_clock(request.at()),
                       (intent.purpose == Purpose::Reduce ? "exit of G" + std::to_string(id) + ": "
                                                          : "") +
                           what,
                       wire::sentence(reason), std::string(wire::code_text(reason.code))});
        }
    }
    std::string text = denied == 0 ? "Nothing was denied.\n" : table.text("");
    if (book.skips().empty()) {
        return text;
    }
    summary::TextTable skips({"bot", "time", "why it did not ask"});
    for (const auto& skip : book.skips()) {
        skips.row({skip.bot, day_and_clock(skip.at), wire::sentence(skip.reason)});
    }
    return text + "\nWanted to trade, but did not ask:\n" + skips.text("");
}

}  // namespace sauda::cli
