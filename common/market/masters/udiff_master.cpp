#include "common/market/masters/read_file.h"
#include "common/market/masters/row_fields.h"

#include <array>

namespace sauda::masters {

using namespace domain;

namespace {

enum Column : std::size_t {
    TradeDate,
    SegmentName,
    Source,
    InstrumentType,
    Token,
    Ticker,
    Expiry,
    ActualExpiry,
    Strike,
    OptionType,
    InstrumentName,
    Lot
};
constexpr std::array<std::string_view, 12> kColumns{
    "TradDt",      "Sgmt",     "Src",         "FinInstrmTp",
    "FinInstrmId", "TckrSymb", "XpryDt",      "FininstrmActlXpryDt",
    "StrkPric",    "OptnTp",   "FinInstrmNm", "NewBrdLotQty"};

struct Type {
    Asset asset;
    bool is_option;
};
std::optional<Type> type_of(std::string_view text) {
    if (text == "IDF" || text == "IDO") {
        return Type{Asset::Index, text == "IDO"};
    }
    if (text == "STF" || text == "STO") {
        return Type{Asset::Stock, text == "STO"};
    }
    return std::nullopt;
}

class Reader {
 public:
    Reader(MasterBuilder& builder, const CsvRows& row) : builder_(builder), row_(row) {}

    void add(int64_t line) {
        RowFields fields(builder_, line);
        const auto date = fields.expiry("TradDt", row_[TradeDate], DateForm::Iso);
        if (!fields.ok()) {
            return;
        }
        if (builder_.as_of().days == 0) {
            builder_.set_as_of(date);
        }
        if (date != builder_.as_of()) {
            fields.refuse(RowReason::Unreadable, "TradDt",
                          domain::to_text(date) + " is another day than " +
                              domain::to_text(builder_.as_of()));
            return;
        }
        add_of_day(line, fields);
    }

 private:
    void add_of_day(int64_t line, RowFields& fields) {
        const auto exchange = parse_exchange(row_[Source]);
        if (!exchange || row_[SegmentName] != "FO") {
            builder_.pass(row_[SegmentName] == "CM" ? RowReason::CashMarket
                                                    : RowReason::OtherSegment);
            return;
        }
        const auto type = type_of(row_[InstrumentType]);
        if (!type) {
            fields.refuse(RowReason::BadKind, "FinInstrmTp",
                          "\"" + std::string(row_[InstrumentType].substr(0, 20)) +
                              "\" is not IDF, IDO, STF or STO");
            return;
        }
        const auto underlying = builder_.underlying(*exchange, type->asset, row_[Ticker]);
        if (!underlying) {
            return;
        }
        ListedContract listed;
        // The day it really expires, where a holiday has moved it.
        const bool is_moved = !row_[ActualExpiry].empty();
        const auto expiry = fields.expiry(is_moved ? "FininstrmActlXpryDt" : "XpryDt",
                                          row_[is_moved ? ActualExpiry : Expiry], DateForm::Iso);
        auto kind = ContractKind::Future;
        Price strike;
        if (type->is_option) {
            kind = fields.right("OptnTp", row_[OptionType]);
            strike = fields.strike("StrkPric", row_[Strike], kRupees);
        }
        listed.lot = fields.lot("NewBrdLotQty", row_[Lot]);
        listed.token = fields.token("FinInstrmId", row_[Token]);
        listed.symbol = fields.symbol("FinInstrmNm", row_[InstrumentName]);
        if (!fields.ok()) {
            return;
        }
        listed.contract = type->is_option
                              ? ContractId::option(*exchange, *underlying, kind, expiry, strike)
                              : ContractId::future(*exchange, *underlying, expiry);
        builder_.add(line, std::move(listed));
    }

    MasterBuilder& builder_;
    const CsvRows& row_;
};

}  // namespace

base::Expected<LoadedMaster> read_udiff(Bytes bytes, const MasterFile& file) {
    MasterBuilder builder(Broker::Exchange, file.as_of, file.name, "UDiFF bhavcopy", "line");
    CsvRows rows(std::move(bytes), file.name);
    if (const auto header = rows.read_header(kColumns); !header) {
        return std::unexpected(header.error());
    }
    Reader reader(builder, rows);
    if (const auto read = read_rows(rows, builder, [&](int64_t line) { reader.add(line); });
        !read) {
        return std::unexpected(read.error());
    }
    return finish_file(std::move(builder), file, "rows of one trading day of segment FO");
}

}  // namespace sauda::masters
