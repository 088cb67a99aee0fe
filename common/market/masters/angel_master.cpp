#include "common/market/masters/formats.h"
#include "common/market/masters/json_rows.h"
#include "common/market/masters/read_file.h"
#include "common/market/masters/row_fields.h"
#include "common/market/search/underlying_names.h"

#include <simdjson.h>

namespace sauda::masters {

using namespace domain;

namespace {

// The fields in the order of kNames.
enum Field : std::size_t {
    Token,
    Symbol,
    Name,
    Expiry,
    Strike,
    LotSize,
    InstrumentType,
    ExchangeSegment,
    TickSize,
    FreezeQuantity,
    kFields
};
constexpr std::array<std::string_view, kFields> kNames{
    "token",   "symbol",         "name",     "expiry",    "strike",
    "lotsize", "instrumenttype", "exch_seg", "tick_size", "freeze_qty"};

struct Row {
    std::array<std::string_view, kFields> values;
    std::array<bool, kFields> has{};

    [[nodiscard]] std::string_view operator[](Field field) const { return values[field]; }
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

// The text of a string, or of a number, true, null as it is written. False: not JSON.
bool text_of(simdjson::ondemand::value value, std::string_view& text) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
        return false;
    }
    if (type == simdjson::ondemand::json_type::string) {
        return value.get_string().get(text) == simdjson::SUCCESS;
    }
    if (type == simdjson::ondemand::json_type::array ||
        type == simdjson::ondemand::json_type::object) {
        return false;
    }
    text = trimmed(value.raw_json_token());
    return true;
}

// False: not an object of plain values. The values live until the parser's next row.
bool parse(simdjson::ondemand::parser& parser, simdjson::ondemand::document& document,
           std::string_view text, Row& row) {
    const simdjson::padded_string_view padded(text, text.size() + simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::object object;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS ||
        document.get_object().get(object) != simdjson::SUCCESS) {
        return false;
    }
    for (auto entry : object) {
        std::string_view key;
        simdjson::ondemand::value value;
        std::string_view content;
        if (entry.unescaped_key().get(key) != simdjson::SUCCESS ||
            entry.value().get(value) != simdjson::SUCCESS || !text_of(value, content)) {
            return false;
        }
        for (std::size_t i = 0; i < kFields; ++i) {
            if (kNames[i] == key) {
                row.values[i] = content;
                row.has[i] = true;
            }
        }
    }
    return true;
}

struct Place {
    Exchange exchange = Exchange::Unspecified;
    bool is_cash = false;
};

bool is_other_segment(std::string_view segment) {
    return segment == "CDS" || segment == "BCD" || segment == "NCDEX" || segment == "NCO";
}

std::optional<Place> place_of(std::string_view segment) {
    if (segment == "NFO") {
        return Place{Exchange::NSE, false};
    }
    if (segment == "BFO") {
        return Place{Exchange::BSE, false};
    }
    if (segment == "MCX") {
        return Place{Exchange::MCX, false};
    }
    if (segment == "NSE") {
        return Place{Exchange::NSE, true};
    }
    return segment == "BSE" ? std::optional(Place{Exchange::BSE, true}) : std::nullopt;
}

struct Instrument {
    Asset asset;
    bool is_option;
};
std::optional<Instrument> instrument_of(std::string_view type) {
    if (type == "OPTIDX" || type == "FUTIDX") {
        return Instrument{Asset::Index, type == "OPTIDX"};
    }
    if (type == "OPTSTK" || type == "FUTSTK") {
        return Instrument{Asset::Stock, type == "OPTSTK"};
    }
    if (type == "OPTFUT" || type == "FUTCOM") {
        return Instrument{Asset::Commodity, type == "OPTFUT"};
    }
    return std::nullopt;
}

void add_spot(MasterBuilder& builder, int64_t number, const Row& row, Exchange exchange) {
    const auto underlying =
        row[InstrumentType] == "AMXIDX" ? search::underlying_by_name(row[Name]) : std::nullopt;
    if (!underlying || exchange_of(*underlying) != exchange) {
        builder.pass(RowReason::CashMarket);
        return;
    }
    RowFields fields(builder, number);
    ListedContract listed;
    listed.contract = ContractId::spot(exchange, *underlying);
    listed.lot = fields.lot("lotsize", row[LotSize]);
    listed.token = fields.token("token", row[Token]);
    listed.symbol = fields.symbol("symbol", row[Symbol]);
    if (fields.ok()) {
        builder.add(number, std::move(listed));
    }
}

void add_derivative(MasterBuilder& builder, int64_t number, const Row& row, Exchange exchange) {
    const auto instrument = instrument_of(row[InstrumentType]);
    RowFields fields(builder, number);
    if (!instrument) {
        const auto type = row[InstrumentType];
        if (type == "AMXIDX" || type == "COMDTY" || type == "UNDCOM" || type.empty()) {
            builder.pass(RowReason::CashMarket);
        } else {
            fields.refuse(RowReason::BadKind, "instrumenttype",
                          "\"" + std::string(type.substr(0, 20)) +
                              "\" is not FUTIDX, OPTIDX, FUTSTK, OPTSTK, FUTCOM or OPTFUT");
        }
        return;
    }
    const auto underlying = builder.underlying(exchange, instrument->asset, row[Name]);
    if (!underlying) {
        return;
    }
    ListedContract listed;
    const auto expiry = fields.expiry("expiry", row[Expiry], DateForm::DayMonthYear);
    auto kind = ContractKind::Future;
    Price strike;
    if (instrument->is_option) {
        const auto symbol = row[Symbol];
        kind = fields.right("symbol",
                            symbol.substr(symbol.size() - std::min<std::size_t>(symbol.size(), 2)));
        strike = fields.strike("strike", row[Strike], kPaise);
    }
    listed.lot = fields.lot("lotsize", row[LotSize]);
    listed.tick = fields.tick("tick_size", row[TickSize], kPaise);
    listed.freeze = fields.freeze("freeze_qty", row[FreezeQuantity]);
    listed.token = fields.token("token", row[Token]);
    listed.symbol = fields.symbol("symbol", row[Symbol]);
    if (!fields.ok()) {
        return;
    }
    listed.contract = instrument->is_option
                          ? ContractId::option(exchange, *underlying, kind, expiry, strike)
                          : ContractId::future(exchange, *underlying, expiry);
    builder.add(number, std::move(listed));
}

void add_row(MasterBuilder& builder, int64_t number, const Row& row) {
    for (std::size_t i = 0; i < FreezeQuantity; ++i) {
        if (!row.has[i]) {
            builder.refuse(number, RowReason::MissingField, std::string(kNames[i]),
                           "the row has no such field");
            return;
        }
    }
    const auto segment = row[ExchangeSegment];
    if (is_other_segment(segment)) {
        builder.pass(RowReason::OtherSegment);
        return;
    }
    const auto place = place_of(segment);
    if (!place) {
        RowFields(builder, number)
            .refuse(RowReason::BadKind, "exch_seg",
                    "\"" + std::string(segment.substr(0, 20)) +
                        "\" is not NSE, BSE, NFO, BFO, MCX, CDS, BCD, NCDEX or NCO");
        return;
    }
    if (place->is_cash) {
        add_spot(builder, number, row, place->exchange);
    } else {
        add_derivative(builder, number, row, place->exchange);
    }
}

}  // namespace

base::Expected<LoadedMaster> read_angel(Bytes bytes, const MasterFile& file) {
    MasterBuilder builder(Broker::AngelOne, file.as_of, file.name, "Angel One scrip master", "row");
    JsonRows rows(std::move(bytes), file.name, simdjson::SIMDJSON_PADDING);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    std::string_view text;
    while (true) {
        const auto more = rows.next(text);
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more) {
            break;
        }
        Row row;
        if (parse(parser, document, text, row)) {
            add_row(builder, rows.row_number(), row);
        } else {
            builder.refuse(rows.row_number(), RowReason::Unreadable, "",
                           "not a JSON object of plain values");
        }
    }
    return finish_file(std::move(builder), file,
                       "objects with token, symbol, name, expiry, strike, lotsize, "
                       "instrumenttype, exch_seg and tick_size");
}

}  // namespace sauda::masters
