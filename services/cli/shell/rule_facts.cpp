#include "services/cli/shell/rule_facts.h"

#include "common/domain/rule_lookup.h"
#include "common/wire/format.h"
#include "services/cli/shell/rule_words.h"

#include <algorithm>

namespace sauda::cli {

using namespace domain;

namespace {

class Facts {
 public:
    Facts(const MarketRules& rules, Date date) : rules_(rules), date_(date) {}
    std::vector<RuleFact> take() { return std::move(facts_); }

    void exchange(Exchange exchange) {
        subject_ = std::string(to_text(exchange));
        add_day(exchange);
        for (const auto segment : {Segment::Cash, Segment::Future, Segment::Option}) {
            add_phases(exchange, segment);
        }
        for (const auto kind : {ContractKind::Call, ContractKind::Future}) {
            const std::string of = kind == ContractKind::Call ? " of options" : " of futures";
            const auto same = [&](const auto& row) {
                return row.exchange == exchange && row.kind == kind;
            };
            add_row("charges" + of, in_force(rules_.charges, date_, same),
                    [](const ChargeRow& row) { return charge_words(row.rates); });
            add_row("price protection" + of, in_force(rules_.protections, date_, same),
                    [](const ProtectionRow& row) { return protection_words(row.protection); });
            for (const auto purpose : {SettlementPurpose::Final, SettlementPurpose::Daily}) {
                const auto rule = rules_.settlement_rule(exchange, kind, purpose, date_);
                add_row((purpose == SettlementPurpose::Final ? "final settlement"
                                                             : "daily settlement") +
                            of,
                        rule ? &*rule : nullptr,
                        [](const SettlementRow& row) { return settlement_words(row); });
            }
        }
        add_margin(exchange, Underlying::Unspecified);
        add_cutoffs(exchange);
    }

    void underlying(const UnderlyingRow& row) {
        const auto underlying = row.underlying;
        subject_ = std::string(to_text(underlying));
        const auto same = [&](const auto& r) { return r.underlying == underlying; };
        add("options in the money", settlement_style_words(row.settlement), row.source);
        for (const auto cycle : {ExpiryCycle::Weekly, ExpiryCycle::Monthly}) {
            const auto* rule = in_force(rules_.expiries, date_,
                                        [&](const auto& r) { return same(r) && r.cycle == cycle; });
            if (rule != nullptr) {
                add(cycle == ExpiryCycle::Weekly ? "weekly expiry" : "monthly expiry",
                    expiry_words(*rule), rule->source);
            }
        }
        add_next_expiry(underlying);
        add_lot(underlying);
        const auto* freeze = in_force(rules_.freezes, date_, same);
        add_row("largest order", freeze, [](const FreezeRow& r) {
            return wire::quantity(r.freeze) + " units (freeze), " + wire::quantity(r.order_max) +
                   " in slices";
        });
        for (const auto kind : {ContractKind::Call, ContractKind::Future}) {
            add_row(kind == ContractKind::Call ? "tick of options" : "tick of futures",
                    in_force(rules_.ticks, date_,
                             [&](const auto& r) { return same(r) && r.kind == kind; }),
                    [](const TickRow& r) { return wire::price(r.tick); });
        }
        add_margin(row.exchange, underlying);
    }

 private:
    void add(std::string name, std::string value, std::string source, bool is_known = true) {
        facts_.push_back(
            {subject_, std::move(name), std::move(value), std::move(source), is_known});
    }
    void add_unknown(std::string name) { add(std::move(name), "not known", "no row", false); }
    template <class Row, class Words>
    void add_row(std::string name, const Row* row, Words words) {
        if (row == nullptr) {
            add_unknown(std::move(name));
        } else {
            add(std::move(name), words(*row), row->source);
        }
    }

    void add_day(Exchange exchange) {
        const auto day = rules_.day(exchange, date_);
        const auto* special = on_day(rules_.special_sessions, exchange, date_);
        const auto* holiday = on_day(rules_.holidays, exchange, date_);
        const auto* usual = in_force(rules_.sessions, date_,
                                     [&](const auto& row) { return row.exchange == exchange; });
        if (special != nullptr) {
            add("trading", day_words(day) + " (" + special->name + ")", special->source);
        } else if (holiday != nullptr) {
            add("trading", "closed (" + holiday->name + ")", holiday->source);
        } else if (usual == nullptr) {
            add_unknown("trading");
        } else {
            add("trading", day.is_open ? day_words(day) : "closed (" + day.holiday + ")",
                usual->source);
        }
    }

    void add_phases(Exchange exchange, Segment segment) {
        std::string words;
        for (const auto& span : rules_.phases(exchange, segment, date_)) {
            if (span.phase != SessionPhase::Continuous) {
                words += (words.empty() ? "" : ", ") + phase_words(span);
            }
        }
        std::vector<std::string> sources;
        const auto same = [&](const PhaseRow& row) {
            return row.exchange == exchange && row.segment == segment;
        };
        const auto* table = in_force(rules_.phase_rows, date_, same);
        for (const auto& row : rules_.phase_rows) {
            if (table != nullptr && same(row) && row.from == table->from &&
                std::find(sources.begin(), sources.end(), row.source) == sources.end()) {
                sources.push_back(row.source);
            }
        }
        if (!words.empty()) {
            add("phases of " + segment_words(segment), words, joined(sources, "; "));
        }
    }

    void add_margin(Exchange exchange, Underlying underlying) {
        const auto* row = in_force(rules_.margin_parameter_rows, date_, [&](const auto& r) {
            return r.exchange == exchange && r.underlying == underlying;
        });
        if (row != nullptr) {
            add("margin", margin_words(row->parameters), row->source);
        } else if (underlying == Underlying::Unspecified) {
            add_unknown("margin");
        }
    }

    void add_cutoffs(Exchange exchange) {
        std::vector<std::string> brokers;
        for (const auto& row : rules_.broker_cutoffs) {
            if (row.exchange == exchange && row.product == Product::Intraday &&
                std::find(brokers.begin(), brokers.end(), row.broker) == brokers.end()) {
                brokers.push_back(row.broker);
            }
        }
        for (const auto& broker : brokers) {
            const auto* row = in_force(rules_.broker_cutoffs, date_, [&](const auto& r) {
                return r.broker == broker && r.exchange == exchange &&
                       r.product == Product::Intraday;
            });
            if (row != nullptr) {
                add("intraday square-off by " + broker, cutoff_words(*row), row->source);
            }
        }
    }

    void add_next_expiry(Underlying underlying) {
        const auto expiry = rules_.next_expiry(underlying, date_);
        if (!expiry) {
            add("next expiry", "by the contract list; no rule gives it", "expiries.csv");
            return;
        }
        add("next expiry", wire::ist_date_text(*expiry), "expiries.csv and the holidays");
    }

    // The lot of the next expiry, and the first expiries from which another one holds.
    void add_lot(Underlying underlying) {
        constexpr std::size_t kExpiries = 30;
        auto expiries = expiries_from(rules_, underlying, date_, kExpiries);
        if (expiries.empty()) {
            expiries.push_back(date_);
        }
        std::string words;
        std::string source;
        const LotRow* before = nullptr;
        for (const auto expiry : expiries) {
            const auto* row = lot_row(rules_.lots, underlying, expiry, date_);
            if (row == nullptr) {
                add_unknown("lot");
                return;
            }
            if (before == nullptr) {
                words = wire::quantity(row->lot) + " units";
                source = row->source;
            } else if (row->lot != before->lot) {
                words += ", " + wire::quantity(row->lot) + " from the expiry of " +
                         wire::ist_date_text(expiry);
                source += "; " + row->source;
            }
            before = row;
        }
        add("lot", words, source);
    }

    const MarketRules& rules_;
    Date date_;
    std::string subject_;
    std::vector<RuleFact> facts_;
};

}  // namespace

std::vector<Date> expiries_from(const MarketRules& rules, Underlying underlying, Date date,
                                std::size_t most) {
    std::vector<Date> expiries;
    auto next = rules.next_expiry(underlying, date);
    while (next && expiries.size() < most) {
        expiries.push_back(*next);
        next = rules.next_expiry(underlying, Date{next->days + 1});
    }
    return expiries;
}

std::vector<RuleFact> rule_facts(const MarketRules& rules, Date date,
                                 std::optional<Underlying> underlying) {
    Facts facts(rules, date);
    for (const auto exchange : {Exchange::NSE, Exchange::BSE, Exchange::MCX}) {
        if (!underlying || exchange_of(*underlying) == exchange) {
            facts.exchange(exchange);
        }
    }
    for (const auto& row : rules.underlyings) {
        if (underlying ? row.underlying == *underlying : row.settlement != OptionSettlement::None) {
            facts.underlying(row);
        }
    }
    return facts.take();
}

std::string rules_page(const MarketRules& rules, Date date, std::optional<Underlying> underlying) {
    std::string page = "Rules of " + wire::ist_date_text(date) + ", version " + rules.hash + "\n";
    std::string subject;
    for (const auto& fact : rule_facts(rules, date, underlying)) {
        if (fact.subject != subject) {
            subject = fact.subject;
            page += "\n" + subject + "\n";
        }
        constexpr std::size_t kNameWidth = 32;
        std::string name = fact.name;
        name.resize(std::max(name.size() + 1, kNameWidth), ' ');
        page += "  " + name + fact.value + "\n";
        page += "  " + std::string(kNameWidth, ' ') + "[" + fact.source + "]\n";
    }
    return page;
}

}  // namespace sauda::cli
