#include "common/market/masters/listed_contract.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace sauda::masters {

using namespace domain;

std::string_view to_text(Broker broker) {
    switch (broker) {
        case Broker::Exchange:
            return "exchange";
        case Broker::AngelOne:
            return "angel";
        case Broker::Upstox:
            return "upstox";
        case Broker::Icici:
            return "icici";
    }
    return "";
}

std::optional<Broker> parse_broker(std::string_view text) {
    for (const auto broker : kBrokers) {
        if (to_text(broker) == text) {
            return broker;
        }
    }
    return std::nullopt;
}

std::string_view to_text(Segment segment) {
    switch (segment) {
        case Segment::NseCash:
            return "NSE cash";
        case Segment::BseCash:
            return "BSE cash";
        case Segment::NseFo:
            return "NSE F&O";
        case Segment::BseFo:
            return "BSE F&O";
        case Segment::Mcx:
            return "MCX";
    }
    return "";
}

Segment segment_of(ContractId contract) {
    const bool is_spot = contract.kind() == ContractKind::Spot;
    switch (contract.exchange()) {
        case Exchange::NSE:
            return is_spot ? Segment::NseCash : Segment::NseFo;
        case Exchange::BSE:
            return is_spot ? Segment::BseCash : Segment::BseFo;
        case Exchange::MCX:
        case Exchange::Unspecified:
            break;
    }
    return Segment::Mcx;
}

const ListedContract* Master::find(ContractId contract) const {
    const auto found = std::lower_bound(
        contracts.begin(), contracts.end(), contract,
        [](const ListedContract& listed, ContractId id) { return listed.contract < id; });
    return found != contracts.end() && found->contract == contract ? &*found : nullptr;
}

std::vector<Segment> Master::segments() const {
    std::set<Segment> segments;
    for (const auto& listed : contracts) {
        segments.insert(segment_of(listed.contract));
    }
    return {segments.begin(), segments.end()};
}

Master limited_to(Master master, const std::vector<Segment>& segments) {
    std::erase_if(master.contracts, [&](const ListedContract& listed) {
        return std::find(segments.begin(), segments.end(), segment_of(listed.contract)) ==
               segments.end();
    });
    return master;
}

Master merged(Master earlier, Master later) {
    const auto replaced = later.segments();
    for (auto& listed : earlier.contracts) {
        if (std::find(replaced.begin(), replaced.end(), segment_of(listed.contract)) ==
            replaced.end()) {
            later.contracts.push_back(std::move(listed));
        }
    }
    std::sort(
        later.contracts.begin(), later.contracts.end(),
        [](const ListedContract& a, const ListedContract& b) { return a.contract < b.contract; });
    const auto key = [](const LeftOutName& one) { return std::tie(one.why, one.name); };
    std::map<std::tuple<LeftOut, std::string>, LeftOutName> names;
    for (auto* list : {&earlier.left_out, &later.left_out}) {
        for (auto& one : *list) {
            names[key(one)] = one;
        }
    }
    later.left_out.clear();
    for (auto& [unused, one] : names) {
        later.left_out.push_back(std::move(one));
    }
    if (later.source != earlier.source) {
        later.source = earlier.source + " and " + later.source;
    }
    return later;
}

}  // namespace sauda::masters
