#include "common/market/masters/read_file.h"
#include "common/market/masters/row_fields.h"
#include "common/market/search/underlying_names.h"

#include <array>

namespace sauda::masters {

using namespace domain;

namespace {

enum Column : std::size_t {
    Token,
    Symbol,
    Name,
    Expiry,
    Strike,
    TickSize,
    LotSize,
    InstrumentType,
    OptionType,
    ExchangeName
};
constexpr std::array<std::string_view, 10> kColumns{
    "exchange_token", "tradingsymbol",   "name",        "expiry",  "strike", "tick_size",
    "lot_size",       "instrument_type", "option_type", "exchange"};

Exchange derivatives_of(std::string_view exchange) {
    return exchange == "NSE_FO"   ? Exchange::NSE
           : exchange == "BSE_FO" ? Exchange::BSE
           : exchange == "MCX_FO" ? Exchange::MCX
                                  : Exchange::Unspecified;
}

void add_index(MasterBuilder& builder, int64_t line, const CsvRows& row, Exchange exchange) {
    auto underlying = search::underlying_by_name(row[Name]);
    if (!underlying) {
        underlying = search::underlying_by_name(row[Symbol]);
    }
    if (!underlying || exchange_of(*underlying) != exchange) {
        builder.pass(RowReason::CashMarket);
        return;
    }
    RowFields fields(builder, line);
    ListedContract listed;
    listed.contract = ContractId::spot(exchange, *underlying);
    listed.lot = base::units(1);
    listed.token = fields.token("exchange_token", row[Token]);
    listed.symbol = fields.symbol("tradingsymbol", row[Symbol]);
    if (fields.ok()) {
        builder.add(line, std::move(listed));
    }
}

void add_derivative(MasterBuilder& builder, int64_t line, const CsvRows& row, Exchange exchange) {
    const auto type = row[InstrumentType];
    const bool is_option = type == "OPTIDX" || type == "OPTSTK" || type == "OPTFUT";
    const bool is_index = type == "OPTIDX" || type == "FUTIDX";
    const bool is_stock = type == "OPTSTK" || type == "FUTSTK";
    RowFields fields(builder, line);
    if (!is_option && !is_index && !is_stock && type != "FUTCOM") {
        fields.refuse(RowReason::BadKind, "instrument_type",
                      "\"" + std::string(type.substr(0, 20)) +
                          "\" is not FUTIDX, OPTIDX, FUTSTK, OPTSTK, FUTCOM or OPTFUT");
        return;
    }
    const auto underlying = builder.underlying(exchange,
                                               is_index   ? Asset::Index
                                               : is_stock ? Asset::Stock
                                                          : Asset::Commodity,
                                               row[Name]);
    if (!underlying) {
        return;
    }
    ListedContract listed;
    const auto expiry = fields.expiry("expiry", row[Expiry], DateForm::Iso);
    auto kind = ContractKind::Future;
    Price strike;
    if (is_option) {
        kind = fields.right("option_type", row[OptionType]);
        strike = fields.strike("strike", row[Strike], kRupees);
    }
    listed.lot = fields.lot("lot_size", row[LotSize]);
    listed.tick = fields.tick("tick_size", row[TickSize], kRupees);
    listed.token = fields.token("exchange_token", row[Token]);
    listed.symbol = fields.symbol("tradingsymbol", row[Symbol]);
    if (!fields.ok()) {
        return;
    }
    listed.contract = is_option ? ContractId::option(exchange, *underlying, kind, expiry, strike)
                                : ContractId::future(exchange, *underlying, expiry);
    builder.add(line, std::move(listed));
}

void add_row(MasterBuilder& builder, int64_t line, const CsvRows& row) {
    const auto exchange = row[ExchangeName];
    if (const auto derivatives = derivatives_of(exchange); derivatives != Exchange::Unspecified) {
        add_derivative(builder, line, row, derivatives);
    } else if (exchange == "NSE_INDEX" || exchange == "BSE_INDEX") {
        add_index(builder, line, row, exchange == "NSE_INDEX" ? Exchange::NSE : Exchange::BSE);
    } else if (exchange == "NSE_EQ" || exchange == "BSE_EQ" || exchange == "MCX_INDEX") {
        builder.pass(RowReason::CashMarket);
    } else if (exchange == "NCD_FO" || exchange == "BCD_FO" || exchange == "NSE_COM") {
        builder.pass(RowReason::OtherSegment);
    } else {
        RowFields(builder, line)
            .refuse(RowReason::BadKind, "exchange",
                    "\"" + std::string(exchange.substr(0, 20)) + "\" is no exchange of Upstox");
    }
}

}  // namespace

base::Expected<LoadedMaster> read_upstox(Bytes bytes, const MasterFile& file) {
    MasterBuilder builder(Broker::Upstox, file.as_of, file.name, "Upstox instrument list", "line");
    CsvRows rows(std::move(bytes), file.name);
    if (const auto header = rows.read_header(kColumns); !header) {
        return std::unexpected(header.error());
    }
    const auto read = read_rows(rows, builder, [&](int64_t line) { add_row(builder, line, rows); });
    if (!read) {
        return std::unexpected(read.error());
    }
    return finish_file(std::move(builder), file, "rows of NSE_FO, NSE_EQ, NSE_INDEX and the like");
}

}  // namespace sauda::masters
