#include "services/instruments/shell/find.h"

#include "common/market/search/search.h"
#include "common/market/search/underlying_names.h"
#include "services/instruments/shell/planned.h"
#include "services/instruments/shell/store.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sauda::instruments {

using namespace domain;
using search::Outcome;

namespace {

class Finder {
 public:
    explicit Finder(const FindRequest& request)
        : request_(request),
          opened_(open_book(request.folder, request.today)),
          rules_(open_rules(request.rules)) {}

    Answer find() {
        for (const auto& problem : opened_.problems) {
            out_ += problem + "\n";
        }
        if (const auto named = by_name()) {
            describe(*named);
            tell_masters();
            return {0, out_};
        }
        const auto query = search::parse_query(request_.words);
        if (opened_.book.empty() && !rules_) {
            out_ += "No master is loaded (`sauda instruments load FILE`), and " +
                    rules_.error().text + "\n";
            return {1, out_};
        }
        const auto contracts = opened_.book.empty()
                                   ? planned_contracts(*rules_, query, request_.today)
                                   : opened_.book.contracts(request_.today);
        const auto result = search::search(query, contracts, request_.today);
        tell_reading(query, result);
        tell_result(query, result);
        tell_masters();
        return {result.outcome == Outcome::Found ? 0 : 1, out_};
    }

 private:
    // The whole text is a broker's own symbol or token.
    [[nodiscard]] std::optional<ContractId> by_name() const {
        std::string name;
        for (const char c : request_.words) {
            if (c != ' ') {
                name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            }
        }
        constexpr std::size_t kShortestToken = 4;
        const bool is_number = name.find_first_not_of("0123456789") == std::string::npos;
        for (const auto broker : masters::kBrokers) {
            if (const auto id = opened_.book.by_symbol(broker, name, request_.today)) {
                // "NIFTY" is the index to a broker and a question to us.
                if (id->kind() != ContractKind::Spot) {
                    return id;
                }
            }
            for (const auto segment :
                 {masters::Segment::NseFo, masters::Segment::BseFo, masters::Segment::Mcx,
                  masters::Segment::NseCash, masters::Segment::BseCash}) {
                const auto id = is_number && name.size() >= kShortestToken
                                    ? opened_.book.by_token(broker, segment, name, request_.today)
                                    : std::nullopt;
                if (id) {
                    return id;
                }
            }
        }
        return std::nullopt;
    }

    void tell_reading(const search::ParsedQuery& query, const search::SearchResult& result) {
        if (!query.guessed.empty() && result.query.underlying) {
            out_ += "\"" + query.guessed + "\" read as " +
                    std::string(to_text(*result.query.underlying)) + "\n";
        }
        if (result.outcome != Outcome::UnknownName && !query.unknown.empty()) {
            std::string words;
            for (const auto& word : query.unknown) {
                words += (words.empty() ? "\"" : ", \"") + word + "\"";
            }
            out_ += "not understood, left aside: " + words + "\n";
        }
    }

    void tell_result(const search::ParsedQuery& query, const search::SearchResult& result) {
        switch (result.outcome) {
            case Outcome::Found:
                tell_found(result);
                return;
            case Outcome::UnknownName:
                tell_unknown(query);
                return;
            case Outcome::NothingAsked:
                out_ +=
                    "Ask for an underlying, a strike, call or put, an expiry, in any order: "
                    "nifty 25000 ce; sensex fut; bank nifty 52k put 28 oct\n";
                return;
            case Outcome::NotListed:
                out_ += (opened_.book.empty() ? "The dated rules plan nothing like it"
                                              : "Nothing like it is listed") +
                        of_which(result) + ".\n";
                return;
            case Outcome::NoSuchExpiry:
                out_ += "Nothing" + of_which(result) + " expires then. Near: ";
                for (std::size_t i = 0; i < result.near_expiries.size(); ++i) {
                    out_ += (i == 0 ? "" : ", ") + date_text(result.near_expiries[i]);
                }
                out_ += "\n";
                break;
            case Outcome::NoSuchStrike:
                out_ += "No such strike" + of_which(result) + ". Near: ";
                for (std::size_t i = 0; i < result.near_strikes.size(); ++i) {
                    out_ += (i == 0 ? "" : ", ") + price_text(result.near_strikes[i]);
                }
                out_ += result.near_strikes.empty() ? "none\n" : "\n";
                break;
        }
        const auto shown = std::min(result.near.size(), request_.limit);
        for (std::size_t i = 0; i < shown; ++i) {
            out_ +=
                "  " + domain::to_text(result.near[i]) + "   " + human_name(result.near[i]) + "\n";
        }
    }

    static std::string of_which(const search::SearchResult& result) {
        const auto& query = result.query;
        return query.underlying ? " of " + std::string(to_text(*query.underlying)) : "";
    }

    void tell_found(const search::SearchResult& result) {
        const bool is_chain = result.query.strikes.empty();
        std::vector<ContractId> single;
        for (const auto id : result.matches) {
            if (!is_chain || !id.is_option()) {
                single.push_back(id);
            }
        }
        const auto shown = std::min(single.size(), request_.limit);
        for (std::size_t i = 0; i < shown; ++i) {
            describe(single[i]);
        }
        if (single.size() > shown) {
            out_ += "and " + grouped(static_cast<int64_t>(single.size() - shown)) +
                    " more (--limit N shows them)\n";
        }
        if (is_chain) {
            tell_chains(result.matches);
        }
    }

    // Options without a strike: what there is, not each of a thousand contracts.
    void tell_chains(const std::vector<ContractId>& matches) {
        std::map<std::tuple<Date, Underlying>, std::set<ContractId>> chains;
        for (const auto id : matches) {
            if (id.is_option()) {
                chains[{id.expiry(), id.underlying()}].insert(id);
            }
        }
        for (const auto& [key, contracts] : chains) {
            const auto& [expiry, underlying] = key;
            std::set<Price> strikes;
            for (const auto id : contracts) {
                strikes.insert(id.strike());
            }
            const auto facts = opened_.book.find(*contracts.begin(), request_.today);
            out_ += std::string(to_text(underlying)) + " options, " + date_text(expiry) + " (" +
                    days_until(expiry, request_.today) +
                    "): " + counted(static_cast<int64_t>(strikes.size()), "strike") + " from " +
                    price_text(*strikes.begin()) + " to " + price_text(*strikes.rbegin()) +
                    (facts ? ", lot " + grouped(facts->lot.raw()) : "") + "\n";
        }
    }

    // A stock, an index without a number, or nothing anybody lists.
    void tell_unknown(const search::ParsedQuery& query) {
        std::string asked;
        for (const auto& word : query.unknown) {
            asked += search::plain_name(word);
        }
        for (const auto& master : opened_.book.masters()) {
            for (const auto& name : master.left_out) {
                const bool is_meant = asked.size() >= 3 && search::plain_name(name.name).find(
                                                               asked) != std::string::npos;
                if (is_meant) {
                    out_ += why_not(name);
                    return;
                }
            }
        }
        out_ += "\"" + query.unknown.front() + "\" is no underlying of this system. There are ";
        std::string names;
        for (uint16_t i = 1; !to_text(static_cast<Underlying>(i)).empty(); ++i) {
            names += (names.empty() ? "" : ", ") + std::string(to_text(static_cast<Underlying>(i)));
        }
        out_ += names + ".\n";
    }

    static std::string why_not(const masters::LeftOutName& name) {
        switch (name.why) {
            case masters::LeftOut::PhysicalDelivery:
                return name.name +
                       " is a stock: its options and futures end in the delivery of shares, and "
                       "Sauda does not trade them.\n";
            case masters::LeftOut::UnknownIndex:
                return name.name +
                       " is an index without a number here; nothing of it is traded until it is "
                       "added to underlyings.csv and to the program.\n";
            case masters::LeftOut::NotNumbered:
                break;
        }
        return name.name + " has no number here; nothing of it is traded.\n";
    }

    void describe(ContractId id) {
        out_ +=
            domain::to_text(id) + "   " + human_name(id) +
            (id.expiry().days == 0 ? "" : " (" + days_until(id.expiry(), request_.today) + ")") +
            "\n";
        const auto facts = opened_.book.find(id, request_.today);
        if (id.kind() == ContractKind::Spot) {
            out_ += "    an index; it is not traded itself\n";
            tell_listings(facts);
            return;
        }
        const auto rule = rules_ ? rules_->instrument(id, request_.today) : std::nullopt;
        out_ += "    lot " + lot_text(facts, rule) + " | tick " + tick_text(facts, rule) +
                " | freeze " + freeze_text(facts, rule) + "\n";
        tell_listings(facts);
        if (rule && facts && rule->lot != facts->lot) {
            out_ += "    ALERT the dated rules say lot " + grouped(rule->lot.raw()) +
                    "; `sauda instruments check`\n";
        }
    }

    void tell_listings(const std::optional<masters::InstrumentFacts>& facts) {
        if (!facts) {
            return;
        }
        std::string text;
        for (const auto& listing : facts->listings) {
            text += (text.empty() ? "    " : " | ") + std::string(to_text(listing.broker)) + " " +
                    listing.token + (listing.symbol.empty() ? "" : " " + listing.symbol);
            told_.insert(listing.broker);
        }
        out_ += text + "\n";
    }

    static std::string lot_text(const std::optional<masters::InstrumentFacts>& facts,
                                const std::optional<Instrument>& rule) {
        return facts  ? grouped(facts->lot.raw())
               : rule ? grouped(rule->lot.raw()) + " (dated rules)"
                      : "unknown";
    }
    static std::string tick_text(const std::optional<masters::InstrumentFacts>& facts,
                                 const std::optional<Instrument>& rule) {
        return facts && facts->tick ? price_text(*facts->tick)
               : rule               ? price_text(rule->tick) + " (dated rules)"
                                    : "unknown";
    }
    static std::string freeze_text(const std::optional<masters::InstrumentFacts>& facts,
                                   const std::optional<Instrument>& rule) {
        const auto lot = facts ? facts->lot : rule ? rule->lot : base::units(1);
        const auto text = [&](Quantity freeze) {
            return grouped(freeze.raw()) + " (" + counted(freeze.raw() / lot.raw(), "lot");
        };
        return facts && facts->freeze ? text(*facts->freeze) + ")"
               : rule                 ? text(rule->freeze) + "; dated rules)"
                                      : "unknown";
    }

    void tell_masters() {
        if (opened_.book.empty()) {
            out_ +=
                "No master is loaded: this is what the dated rules plan; whether it is listed, "
                "and its tokens, only a master can tell (`sauda instruments load FILE`).\n";
            return;
        }
        for (const auto& master : opened_.book.masters()) {
            constexpr int kOldDays = 4;  // a long weekend
            const int age = request_.today.days - master.as_of.days;
            if (told_.count(master.broker) != 0) {
                out_ +=
                    "From " + std::string(to_text(master.broker)) + " of " +
                    date_text(master.as_of) + " (" + master.source + ")" +
                    (age > kOldDays ? ": " + counted(age, "day") + " old, load a newer one" : "") +
                    "\n";
            }
        }
    }

    const FindRequest& request_;
    OpenedBook opened_;
    base::Expected<MarketRules> rules_;
    std::set<masters::Broker> told_;  // whose listings were shown
    std::string out_;
};

}  // namespace

Answer find(const FindRequest& request) { return Finder(request).find(); }

}  // namespace sauda::instruments
