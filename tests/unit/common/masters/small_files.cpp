#include "tests/unit/common/masters/small_files.h"

#include <catch2/catch.hpp>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>

namespace sauda::test {

namespace fs = std::filesystem;

TestFolder::TestFolder(const std::string& name)
    : path_(fs::temp_directory_path() / ("sauda_" + name + "_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
}
TestFolder::~TestFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
}
std::string TestFolder::write(const std::string& name, const std::string& bytes) const {
    const auto path = (path_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

namespace {

std::string deflated(const std::string& text, int window) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

std::string number(uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xFFU);
    }
    return out;
}

}  // namespace

std::string gzip_of(const std::string& text) { return deflated(text, 15 + 16); }

std::string zstd_of(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    const auto size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1);
    REQUIRE(ZSTD_isError(size) == 0);
    out.resize(size);
    return out;
}

std::string zip_of(const std::vector<ZipFile>& files, bool is_deflated) {
    constexpr uint64_t kDate = (2031 - 1980) << 9U | 5U << 5U | 6U;  // 6 May 2031
    std::string out;
    std::string directory;
    for (const auto& [name, text] : files) {
        const auto crc =
            crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
        const auto packed = is_deflated ? deflated(text, -15) : text;
        const std::string about = number(20, 2) + number(0, 2) + number(is_deflated ? 8 : 0, 2) +
                                  number(0, 2) + number(kDate, 2) + number(crc, 4) +
                                  number(packed.size(), 4) + number(text.size(), 4) +
                                  number(name.size(), 2) + number(0, 2);
        directory += "PK\x01\x02" + number(20, 2) + about + number(0, 2) + number(0, 2) +
                     number(0, 2) + number(0, 4) + number(out.size(), 4) + name;
        out += "PK\x03\x04" + about + name + packed;
    }
    const auto at = out.size();
    out += directory;
    return out + "PK\x05\x06" + number(0, 4) + number(files.size(), 2) + number(files.size(), 2) +
           number(directory.size(), 4) + number(at, 4) + number(0, 2);
}

base::Date day(const char* text) {
    const auto date = domain::parse_date(text);
    REQUIRE(date);
    return *date;
}

domain::ContractId contract(const char* text) {
    const auto id = domain::parse_contract(text);
    REQUIRE(id);
    return *id;
}

std::string AngelRow::text() const {
    return R"({"token":")" + token + R"(","symbol":")" + symbol + R"(","name":")" + name +
           R"(","expiry":")" + expiry + R"(","strike":")" + strike + R"(","lotsize":")" + lotsize +
           R"(","instrumenttype":")" + type + R"(","exch_seg":")" + segment + R"(","tick_size":")" +
           tick + "\"" + (freeze.empty() ? "" : R"(,"freeze_qty":")" + freeze + "\"") + "}";
}

std::string angel_text(const std::vector<AngelRow>& rows) {
    std::string text = "[";
    for (const auto& row : rows) {
        text += (text.size() > 1 ? ",\n" : "") + row.text();
    }
    return text + "]";
}

std::string upstox_text(const std::vector<std::string>& rows) {
    std::string text =
        R"("instrument_key","exchange_token","tradingsymbol","name","last_price","expiry","strike",)"
        R"("tick_size","lot_size","instrument_type","option_type","exchange")"
        "\n";
    for (const auto& row : rows) {
        text += row + "\n";
    }
    return text;
}

std::string udiff_text(const std::vector<std::string>& rows) {
    std::string text =
        "TradDt,BizDt,Sgmt,Src,FinInstrmTp,FinInstrmId,ISIN,TckrSymb,SctySrs,XpryDt,"
        "FininstrmActlXpryDt,StrkPric,OptnTp,FinInstrmNm,OpnPric,HghPric,LwPric,ClsPric,LastPric,"
        "PrvsClsgPric,UndrlygPric,SttlmPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,TtlTrfVal,"
        "TtlNbOfTxsExctd,SsnId,NewBrdLotQty,Rmks,Rsvd1,Rsvd2,Rsvd3,Rsvd4\n";
    for (const auto& row : rows) {
        text += row + "\n";
    }
    return text;
}

std::string udiff_row(const std::string& date, const std::string& type, const std::string& token,
                      const std::string& ticker, const std::string& expiry,
                      const std::string& strike, const std::string& right, const std::string& lot) {
    return date + "," + date + ",FO,NSE," + type + "," + token + ",," + ticker + ",," + expiry +
           "," + expiry + "," + strike + "," + right + "," + ticker + token +
           ",1.00,2.00,0.50,1.50,1.45,1.10,20000.00,1.50,650,65,10,1000.00,7,F1," + lot + ",,,,,";
}

std::string icici_fo_text(const std::vector<std::string>& rows) {
    std::string text =
        R"("Token","InstrumentName","ShortName","Series","ExpiryDate","StrikePrice","OptionType",)"
        R"("FreezeQty","LotSize","TickSize","CompanyName","ExchangeCode")"
        "\n";
    for (const auto& row : rows) {
        text += row + "\n";
    }
    return text;
}

std::string icici_mcx_text(const std::vector<std::string>& rows) {
    std::string text =
        R"("Token","InstrumentName","ShortName","Series","CompanyName","TickSize","LotSize",)"
        R"("ExpiryDate","OptionType","StrikePrice","ExchangeCode")"
        "\n";
    for (const auto& row : rows) {
        text += row + "\n";
    }
    return text;
}

std::string sample_angel() {
    AngelRow put;
    put.token = "40002";
    put.symbol = "NIFTY20MAY3125000PE";
    AngelRow future{"40003", "NIFTY27MAY31FUT", "NIFTY", "27MAY2031", "-1.000000",
                    "65",    "FUTIDX",          "NFO",   "10.000000", "1801"};
    AngelRow crude{"70001",         "CRUDEOILM15MAY315550CE",
                   "CRUDEOILM",     "15MAY2031",
                   "555000.000000", "10",
                   "OPTFUT",        "MCX",
                   "5.000000",      "100"};
    AngelRow index{"99926000", "Nifty 50", "NIFTY", "",         "0.000000",
                   "1",        "AMXIDX",   "NSE",   "0.000000", "0"};
    AngelRow share{"501", "ACME-EQ", "ACME", "", "-1.000000", "1", "", "NSE", "5.000000", "900"};
    AngelRow stock{
        "60001", "ACME20MAY31117.5CE", "ACME", "20MAY2031", "11750.000000", "900", "OPTSTK",
        "NFO",   "5.000000",           ""};
    return angel_text({AngelRow{}, put, future, crude, index, share, stock});
}

std::string sample_upstox() {
    return upstox_text({
        R"("NSE_FO|40001","40001","NIFTY3152025000CE","NIFTY","1.5","2031-05-20","25000.0","0.05","65","OPTIDX","CE","NSE_FO")",
        R"("NSE_FO|40003","40003","NIFTY31MAYFUT","NIFTY","1.5","2031-05-27","0.0","0.1","65","FUTIDX","FF","NSE_FO")",
        R"("NSE_FO|60001","60001","ACME31MAY117.5CE","ACME, INC","1.5","2031-05-27","117.5","0.05","900","OPTSTK","CE","NSE_FO")",
        R"("NSE_INDEX|Nifty Bank","26009","BANKNIFTY","Nifty Bank","1.5","","","","","INDEX","INDEX","NSE_INDEX")",
        R"("NSE_COM|90001","90001","CRUDEOIL31MAYFUT","CRUDEOIL","1.5","2031-05-19","0.0","100.0","1","FUTCOM","FF","NSE_COM")",
    });
}

std::string sample_udiff() {
    return udiff_text(
        {udiff_row("2031-05-06", "IDO", "40001", "NIFTY", "2031-05-20", "25000.00", "CE", "65"),
         udiff_row("2031-05-06", "IDF", "40003", "NIFTY", "2031-05-27", "", "", "65"),
         udiff_row("2031-05-06", "STO", "60001", "ACME", "2031-05-27", "117.50", "CE", "900")});
}

std::vector<ZipFile> sample_icici() {
    return {
        {"FONSEScripMaster.txt",
         icici_fo_text({
             R"("40001","OPTIDX","NIFTY","OPTION","20-May-2031","25000","CE",,65,5,"NIFTY 50","NIFTY 50")",
             R"("40009","OPTIDX","NIFSEL","OPTION","27-May-2031","12000","PE",,120,5,"NIFTY MIDCAP SELECT","NIFTY MIDCAP")",
             R"("60001","OPTSTK","ACME","OPTION","27-May-2031","117.5","CE",,900,5,"ACME, INC","ACME")",
         })},
        {"FOBSEScripMaster.txt",
         icici_fo_text({
             R"("80001","FUTIND","BSESEN","FUTURE","29-May-2031","0","XX",,20,5,"BSE SENSEX","SENSEX")",
             R"("80002","FUTIND","BSEABC","FUTURE","29-May-2031","0","XX",,45,5,"BSE ABC INDEX","ABC")",
         })},
        {"MCXScripMaster.txt",
         icici_mcx_text({
             R"("70002","OPTSTK","CRUDE","OPTION","CRUDEOIL",10,100,"15-May-2031","CE",5500,"CRUDEOIL")",
             R"("70003","FUTSTK","GOLD","FUTURE","GOLD",100,1,"05-Jun-2031","XX",0,"GOLD")",
         })},
        {"NSEScripMaster.txt", "\"Token\"\n"}};
}

}  // namespace sauda::test
