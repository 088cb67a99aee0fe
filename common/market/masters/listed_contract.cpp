#include "common/market/masters/listed_contract.h"

#include <algorithm>

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

}  // namespace sauda::masters
