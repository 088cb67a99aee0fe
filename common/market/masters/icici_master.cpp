#include "common/market/masters/read_file.h"
#include "common/market/masters/row_fields.h"

#include <array>

namespace sauda::masters {

using namespace domain;

namespace {

enum Column : std::size_t {
    Token,
    InstrumentName,
    ShortName,
    Expiry,
    Strike,
    OptionType,
    LotSize,
    TickSize,
    CompanyName,
    ExchangeCode
};
constexpr std::array<std::string_view, 10> kColumns{
    "Token",      "InstrumentName", "ShortName", "ExpiryDate",  "StrikePrice",
    "OptionType", "LotSize",        "TickSize",  "CompanyName", "ExchangeCode"};

struct Part {
    std::string_view name;
    Exchange exchange;
};
constexpr std::array<Part, 3> kParts{{{"FONSEScripMaster.txt", Exchange::NSE},
                                      {"FOBSEScripMaster.txt", Exchange::BSE},
                                      {"MCXScripMaster.txt", Exchange::MCX}}};

Exchange exchange_of_part(std::string_view name) {
    for (const auto& part : kParts) {
        if (name.ends_with(part.name)) {
            return part.exchange;
        }
    }
    return Exchange::Unspecified;
}

struct Instrument {
    Asset asset;
    bool is_option;
};
// Commodities are called FUTSTK and OPTSTK there as well.
std::optional<Instrument> instrument_of(std::string_view name, Exchange exchange) {
    const bool is_option = name.starts_with("OPT");
    if (!is_option && !name.starts_with("FUT")) {
        return std::nullopt;
    }
    const auto rest = name.substr(3);
    if (rest == "IDX" || rest == "IND") {
        return Instrument{Asset::Index, is_option};
    }
    if (rest == "STK") {
        return Instrument{exchange == Exchange::MCX ? Asset::Commodity : Asset::Stock, is_option};
    }
    return std::nullopt;
}

void add_row(MasterBuilder& builder, int64_t line, const CsvRows& row, Exchange exchange) {
    RowFields fields(builder, line);
    const auto instrument = instrument_of(row[InstrumentName], exchange);
    if (!instrument) {
        fields.refuse(RowReason::BadKind, "InstrumentName",
                      "\"" + std::string(row[InstrumentName].substr(0, 20)) +
                          "\" is not a future or option of an index, stock or commodity");
        return;
    }
    // ExchangeCode is cut short for indices ("NIFTY MIDCAP"), CompanyName is not.
    const auto underlying =
        builder.underlying(exchange, instrument->asset,
                           row[instrument->asset == Asset::Stock ? ExchangeCode : CompanyName]);
    if (!underlying) {
        return;
    }
    ListedContract listed;
    const auto expiry = fields.expiry("ExpiryDate", row[Expiry], DateForm::DashedDayMonthYear);
    auto kind = ContractKind::Future;
    Price strike;
    if (instrument->is_option) {
        kind = fields.right("OptionType", row[OptionType]);
        strike = fields.strike("StrikePrice", row[Strike], kRupees);
    }
    listed.lot = fields.lot("LotSize", row[LotSize]);
    listed.tick = fields.tick("TickSize", row[TickSize], kPaise);
    listed.token = fields.token("Token", row[Token]);
    listed.symbol = fields.symbol("ShortName", row[ShortName]);
    if (!fields.ok()) {
        return;
    }
    listed.contract = instrument->is_option
                          ? ContractId::option(exchange, *underlying, kind, expiry, strike)
                          : ContractId::future(exchange, *underlying, expiry);
    builder.add(line, std::move(listed));
}

}  // namespace

bool is_icici_part(const std::string& name) {
    return exchange_of_part(name) != Exchange::Unspecified;
}

base::Expected<LoadedMaster> read_icici(std::vector<IciciPart> parts, const MasterFile& file) {
    MasterBuilder builder(Broker::Icici, file.as_of, file.name, "ICICI Breeze security master",
                          "line");
    for (auto& part : parts) {
        if (!is_icici_part(part.name)) {
            builder.note(part.name + ": not read (cash market, currency or funds)");
            continue;
        }
        builder.begin_part(part.name);
        CsvRows rows(std::move(part.bytes), file.name + ", " + part.name);
        if (const auto header = rows.read_header(kColumns); !header) {
            return std::unexpected(header.error());
        }
        const auto exchange = exchange_of_part(part.name);
        const auto read =
            read_rows(rows, builder, [&](int64_t line) { add_row(builder, line, rows, exchange); });
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    return finish_file(std::move(builder), file,
                       "FONSEScripMaster.txt, FOBSEScripMaster.txt or MCXScripMaster.txt");
}

}  // namespace sauda::masters
