#include "common/summary/text_table.h"
#include "common/wire/describe.h"
#include "common/wire/format.h"
#include "common/wire/reasons.h"
#include "common/wire/validate.h"
#include "services/cli/shell/why_text.h"
#include "services/risk/core/checks.h"

#include <algorithm>

// What was asked, why, and what risk said.
namespace sauda::cli {

using namespace domain;

namespace {

std::string place_words(const Cause& place) {
    return topic_of(place.stream) + std::to_string(place.seq);
}

std::string origin_words(const Request& request) {
    if (!request.origin) {
        return request.causes.empty()
                   ? "   no recorded message led to it: a time that came due, or an operator\n"
                   : "";
    }
    const auto& origin = *request.origin;
    if (origin.first == origin.last) {
        return "   caused by the quotes of " + wire::ist_clock_ms(origin.from) + ", message " +
               place_words({origin.stream, origin.first}) + "\n";
    }
    return "   caused by a bar built from the quotes of " + wire::ist_clock(origin.from) +
           (origin.to == origin.from ? "" : " to " + wire::ist_clock(origin.to)) + ", messages " +
           place_words({origin.stream, origin.first}) + " to " + std::to_string(origin.last) + "\n";
}

// The index, or the forward of the expiry traded.
std::string bar_words(const Request& request, Date today) {
    const auto& legs = request.intent().legs;
    const Date expiry = legs.empty() ? Date{} : legs.front().contract.expiry();
    for (const auto& cause : request.causes) {
        const auto* batch = std::get_if<BarBatch>(&cause.payload);
        if (batch == nullptr) {
            continue;
        }
        std::string text;
        for (const auto& bar : batch->bars) {
            if (bar.contract.kind() == ContractKind::Spot || bar.contract.expiry() == expiry) {
                text += "   bar " + wire::ist_clock(batch->start) + " to " +
                        wire::ist_clock(batch->start + batch->length) + " of " +
                        contract_words(bar.contract, today) + ": open " + wire::price(bar.open) +
                        ", high " + wire::price(bar.high) + ", low " + wire::price(bar.low) +
                        ", close " + wire::price(bar.close) + "\n";
            }
        }
        return text;
    }
    return "";
}

// A trade that had to close first, a decision, an alert: everything between intent and market.
std::string chain_words(const Request& request, uint64_t group) {
    std::string text;
    for (const auto& cause : request.causes) {
        if (const auto* other = std::get_if<GroupEvent>(&cause.payload)) {
            const bool is_other = other->group != group;
            text += "   it followed trade G" + std::to_string(other->group) +
                    (other->kind == GroupEventKind::Flattened && is_other
                         ? ", which had to be closed first: flat at "
                         : ": " + std::string(wire::text_of(other->kind)) + " at ") +
                    wire::ist_clock_ms(cause.meta.known_time) +
                    (is_other ? " (see `sauda why G" + std::to_string(other->group) + "`)" : "") +
                    "\n";
        } else if (std::holds_alternative<SessionEvent>(cause.payload) ||
                   std::holds_alternative<TradingStateEvent>(cause.payload)) {
            text += "   " + wire::ist_clock_ms(cause.meta.known_time) + "  " +
                    wire::describe(cause) + "\n";
        }
    }
    return text;
}

std::string market_section(const Request& request, uint64_t group) {
    const auto& intent = request.intent();
    const auto today = base::ist_date(request.at());
    std::string text = "The market it saw at " + wire::ist_clock_ms(request.at()) + "\n";
    if (intent.forward.is_positive()) {
        text += "   forward " + wire::price(intent.forward) +
                (intent.implied_volatility != 0
                     ? ", volatility " + wire::per_million_as_percent(intent.implied_volatility)
                     : "") +
                (intent.delta != 0 ? ", delta " + millionths(intent.delta) : "") + "\n";
    }
    text += bar_words(request, today);
    summary::TextTable table(
        {"contract", ">bid", ">size", ">ask", ">size", ">last", "quoted at", ">age", "message"});
    for (const auto& seen : request.market) {
        const auto& quote = seen.quote;
        const auto side = [](Price price) {
            return price.is_positive() ? wire::price(price) : "-";
        };
        table.row({contract_words(quote.contract, today), side(quote.bid),
                   wire::quantity(quote.bid_size), side(quote.ask), wire::quantity(quote.ask_size),
                   side(quote.last), wire::ist_clock_ms(seen.known),
                   wire::duration_text(request.at() - seen.known), place_words(seen.place)});
    }
    return text + (request.market.empty() ? "" : table.text("   ")) + chain_words(request, group) +
           origin_words(request);
}

std::string signal_section(const Request& request) {
    const auto& intent = request.intent();
    std::string text = "The signal\n";
    if (!request.signal) {
        return text + (intent.on_rules
                           ? "   none came in time; the bot went on with its own rules\n"
                           : "   none: the bot went by its own rules\n");
    }
    return text + signal_words(*request.signal);
}

// " (32.35 points a unit)" where all legs have one quantity.
std::string points_words(Money amount, const std::vector<Leg>& legs) {
    for (const auto& leg : legs) {
        if (leg.quantity != legs.front().quantity) {
            return "";
        }
    }
    if (legs.empty() || !legs.front().quantity.is_positive()) {
        return "";
    }
    const auto points = amount.scaled(1, legs.front().quantity.raw());
    return " (" + wire::price(Price::from_raw(points.raw())) + " points a unit)";
}

std::string exits_words(const ExitPlan& exits, const std::vector<Leg>& legs) {
    const auto money = [&](const char* name, Money amount) {
        return std::string(name) +
               (amount.is_positive() ? wire::rupees(amount) + points_words(amount, legs) : "none");
    };
    return money("stop at a loss of ", exits.stop_loss) + "; " +
           money("target at a profit of ", exits.target) + "; " +
           (exits.trailing_distance.is_positive()
                ? "trailing stop " + wire::rupees(exits.trailing_distance) +
                      " below the best, from a profit of " + wire::rupees(exits.trailing_trigger)
                : "no trailing stop") +
           "; square-off " + wire::ist_clock(exits.square_off_at);
}

std::string policy_words(LegPolicy policy) {
    switch (policy) {
        case LegPolicy::Complete:
            return "a leg that is not filled in time is chased until it is";
        case LegPolicy::Unwind:
            return "a leg that is not filled in time: what is in goes out again";
        case LegPolicy::Hold:
            return "a leg that is not filled in time: what is in stays";
        case LegPolicy::Unspecified:
            break;
    }
    return "";
}

std::string wish_section(const Request& request, const Words& words) {
    const auto& intent = request.intent();
    const auto today = base::ist_date(request.at());
    std::string text = "What " + intent.bot + " asked for: intent " + std::to_string(intent.id) +
                       " at " + wire::ist_clock_ms(request.at()) + "\n";
    if (const auto bot = words.bots.find(intent.bot); bot != words.bots.end()) {
        text += "   " + bot->second + "\n";
    }
    for (const auto& leg : intent.legs) {
        text += "   " + leg_words(leg, words.book, today) +
                (leg.quoted_bid.is_positive() || leg.quoted_ask.is_positive()
                     ? "   (it saw " + wire::price(leg.quoted_bid) + " / " +
                           wire::price(leg.quoted_ask) + ")"
                     : "") +
                "\n";
    }
    if (intent.purpose == Purpose::Reduce) {
        return text + "   why: " + wire::describe(intent.why) + "\n";
    }
    return text + "   exits: " + exits_words(intent.exits, intent.legs) + "\n   entry: " +
           (intent.entry_timeout.ns > 0 ? "given " + wire::duration_text(intent.entry_timeout)
                                        : "no time limit") +
           "; " + policy_words(intent.policy) + "; the request was good until " +
           wire::ist_clock_ms(intent.valid_until) + "\n";
}

std::string check_name(ReasonCode code) {
    for (const auto& check : risk::all_checks()) {
        if (check.code == code) {
            return check.what;
        }
    }
    return std::string(wire::code_text(code));
}

// A check that only answers yes or no has no figures worth reading.
bool has_figures(const CheckResult& check) { return check.unit != Unit::Count || check.limit > 1; }

// A day is not held against another day.
bool has_limit(const CheckResult& check) { return check.unit != Unit::Date || check.limit != 0; }

std::string figure(int64_t value, const CheckResult& check) {
    if (check.unit == Unit::Time) {
        return wire::ist_clock_ms({value});
    }
    return wire::number_text({"", value, check.unit});
}

std::string checks_table(const Decision& decision) {
    summary::TextTable table({"", "check", ">value", ">limit", ""});
    for (const auto& check : decision.checks) {
        const bool is_shown = has_figures(check);
        table.row({check.passed ? "ok" : "FAILED", check_name(check.check),
                   is_shown ? figure(check.value, check) : "",
                   is_shown && has_limit(check) ? figure(check.limit, check) : "",
                   std::string(check.estimated ? "estimate " : "") +
                       (check.passed ? "" : std::string(wire::code_text(check.check)))});
    }
    return decision.checks.empty() ? "" : table.text("   ");
}

std::string bound_words(const LegBound& bound) {
    const bool is_any = bound.price_high >= Price::from_rupees(wire::kPriceRupeesMax);
    return is_any ? "any price from " + wire::price(bound.price_low)
                  : wire::price(bound.price_low) + " to " + wire::price(bound.price_high);
}

std::string approval_words(const Request& request, const Words& words) {
    const auto& decision = request.decision->fact;
    const auto today = base::ist_date(request.at());
    std::string text;
    const auto& legs = decision.intent.legs;
    for (std::size_t i = 0; i < legs.size() && i < decision.bounds.size(); ++i) {
        const auto& bound = decision.bounds[i];
        text += "   bound of " + contract_words(legs[i].contract, today) + ": " +
                bound_words(bound) + ", at most " +
                wire::lots_and_units(bound.quantity_max, words.book.lot(legs[i].contract)) + "\n";
    }
    if (decision.margin_reserved.is_positive() || decision.risk_reserved.is_positive()) {
        text += "   set aside: margin " + wire::rupees(decision.margin_reserved) +
                ", loss at the stop " + wire::rupees(decision.risk_reserved) + "\n";
    }
    if (request.asked && decision.intent.exits != request.asked->fact.exits) {
        text += "   exits as approved: " + exits_words(decision.intent.exits, legs) + "\n";
    }
    if (request.asked && decision.intent.legs != request.asked->fact.legs) {
        for (const auto& leg : legs) {
            text += "   approved instead: " + leg_words(leg, words.book, today) + "\n";
        }
    }
    return text;
}

std::string answer_section(const Request& request, const Words& words) {
    if (!request.decision) {
        return "What risk said\n   nothing that is recorded\n";
    }
    const auto& decision = request.decision->fact;
    const auto passed = std::count_if(decision.checks.begin(), decision.checks.end(),
                                      [](const CheckResult& check) { return check.passed; });
    std::string text = "What risk said: " + std::string(wire::text_of(decision.verdict)) +
                       ", decision " + std::to_string(decision.id) + " at " +
                       wire::ist_clock_ms(request.decision->at) + ", " + std::to_string(passed) +
                       " of " + std::to_string(decision.checks.size()) + " checks passed\n";
    if (decision.reason.code != ReasonCode::None) {
        text += "   " + wire::describe(decision.reason) + "\n";
    }
    text += checks_table(decision);
    return request.is_denied() ? text : text + approval_words(request, words);
}

}  // namespace

std::string request_heading(const Request& request) {
    const auto& intent = request.intent();
    if (intent.purpose == Purpose::Open) {
        return "ENTRY";
    }
    return request.asked ? "EXIT ASKED BY THE BOT" : "EXIT ORDERED BY RISK";
}

std::string requests_text(const Story& story, const Words& words) {
    std::string text;
    for (const auto& request : story.requests) {
        text += "\n" + request_heading(request) + "\n" + market_section(request, story.group);
        if (request.intent().purpose == Purpose::Open) {
            text += "\n" + signal_section(request);
        }
        text += "\n" + wish_section(request, words) + "\n" + answer_section(request, words);
    }
    return text;
}

}  // namespace sauda::cli
