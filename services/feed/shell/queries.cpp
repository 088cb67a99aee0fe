#include "services/feed/shell/queries.h"

#include "common/service/command_json.h"
#include "common/wire/codec.h"
#include "common/wire/format.h"
#include "services/feed/core/feed_core.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>

namespace sauda::feed {

namespace {

using Json = nlohmann::json;

bus::CommandReply refuse(const std::string& text) {
    return {.ok = false, .json = service::error_json(text)};
}

Json quote_json(const domain::Quote& quote) {
    return {{"contract", domain::to_text(quote.contract)},
            {"bid", wire::price(quote.bid)},
            {"bid_size", quote.bid_size.raw()},
            {"ask", wire::price(quote.ask)},
            {"ask_size", quote.ask_size.raw()},
            {"last", wire::price(quote.last)},
            {"volume", quote.volume.raw()},
            {"open_interest", quote.open_interest.raw()},
            {"event_time", wire::ist_clock(quote.event_time)}};
}

bus::CommandReply chain(service::Host& host, const bus::Command& command) {
    const auto underlying = domain::parse_underlying(service::argument(command, "underlying"));
    if (!underlying) {
        return refuse("name the underlying: underlying=NIFTY");
    }
    const auto& core = dynamic_cast<const FeedCore&>(host.participant().core());
    const auto* quotes = core.chain(*underlying);
    if (quotes == nullptr) {
        return refuse("no quote of " + std::string(domain::to_text(*underlying)) + " yet");
    }
    const auto expiries = quotes->expiries({});
    const auto asked = service::argument(command, "expiry");
    const auto expiry = asked.empty()
                            ? (expiries.empty() ? std::nullopt : std::optional(expiries.front()))
                            : domain::parse_date(asked);
    if (!expiry || std::find(expiries.begin(), expiries.end(), *expiry) == expiries.end()) {
        std::string known;
        for (const auto& date : expiries) {
            known += (known.empty() ? "" : ", ") + domain::to_text(date);
        }
        return refuse("no option of that expiry; quoted: " + known);
    }
    Json rows = Json::array();
    for (const auto& strike : quotes->strikes(*expiry)) {
        for (const auto kind : {domain::ContractKind::Call, domain::ContractKind::Put}) {
            if (const auto* quote = quotes->option(*expiry, strike, kind)) {
                rows.push_back(quote_json(*quote));
            }
        }
    }
    const auto forward = quotes->parity_forward(*expiry);
    return {.ok = true,
            .json = Json{
                {"underlying", domain::to_text(*underlying)},
                {"expiry", domain::to_text(*expiry)},
                {"at", wire::ist_clock(host.participant().last_now())},
                {"forward", forward ? Json(wire::price(*forward)) : Json(nullptr)},
                {"quotes",
                 rows}}.dump()};
}

bus::CommandReply bars(service::Host& host, const bus::Command& command) {
    constexpr std::size_t kBarsMax = 5000;
    constexpr uint32_t kRows = 512;
    const auto contract = domain::parse_contract(service::argument(command, "contract"));
    if (!contract) {
        return refuse("name the contract: contract=NSE:NIFTY:2025-09-02:24500:CE");
    }
    const auto number = [&](const char* name, int64_t fallback) {
        const auto text = service::argument(command, name);
        return text.empty() ? fallback : std::strtoll(text.c_str(), nullptr, 10);
    };
    const auto length = base::seconds(number("seconds", 60));
    const auto last = static_cast<std::size_t>(
        std::clamp<int64_t>(number("last", 375), 1, static_cast<int64_t>(kBarsMax)));
    std::deque<Json> found;
    uint64_t from = 1;
    while (true) {
        const auto rows = host.store().outbox(static_cast<uint16_t>(domain::StreamId::FeedBar),
                                              from, kRows, UINT64_MAX);
        for (const auto& row : rows) {
            const auto decoded = wire::decode(domain::StreamId::FeedBar, row.schema, row.payload);
            const auto* batch =
                decoded ? std::get_if<domain::BarBatch>(&decoded->payload) : nullptr;
            if (batch == nullptr || batch->length != length) {
                continue;
            }
            for (const auto& bar : batch->bars) {
                if (bar.contract != *contract) {
                    continue;
                }
                found.push_back({{"start_ns", batch->start.ns},
                                 {"start", wire::ist_clock(batch->start)},
                                 {"open", wire::price(bar.open)},
                                 {"high", wire::price(bar.high)},
                                 {"low", wire::price(bar.low)},
                                 {"close", wire::price(bar.close)},
                                 {"volume", bar.volume.raw()},
                                 {"open_interest", bar.open_interest.raw()}});
                if (found.size() > last) {
                    found.pop_front();
                }
            }
        }
        if (rows.size() < kRows) {
            break;
        }
        from = rows.back().seq + 1;
    }
    return {.ok = true,
            .json = Json{{"contract", domain::to_text(*contract)}, {"bars", found}}.dump()};
}

}  // namespace

std::optional<bus::CommandReply> answer_query(service::Host& host, const bus::Command& command) {
    if (command.verb == "chain") {
        return chain(host, command);
    }
    if (command.verb == "bars") {
        return bars(host, command);
    }
    return std::nullopt;
}

}  // namespace sauda::feed
