#pragma once

#include "common/market/masters/formats.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

// Masters of a few invented rows, and the packings they come in.
namespace sauda::test {

// A folder that goes with its owner.
class TestFolder {
 public:
    explicit TestFolder(const std::string& name);
    ~TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }
    // Writes a file there; its path.
    [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const;

 private:
    std::filesystem::path path_;
};

std::string gzip_of(const std::string& text);
std::string zstd_of(const std::string& text);
using ZipFile = std::pair<std::string, std::string>;  // name and content
std::string zip_of(const std::vector<ZipFile>& files, bool is_deflated = true);

base::Date day(const char* text);               // "2031-05-20"
domain::ContractId contract(const char* text);  // "NSE:NIFTY:2031-05-20:25000:CE"

// One row of Angel's array; the fields in its own words.
struct AngelRow {
    std::string token = "40001";
    std::string symbol = "NIFTY20MAY3125000CE";
    std::string name = "NIFTY";
    std::string expiry = "20MAY2031";
    std::string strike = "2500000.000000";
    std::string lotsize = "65";
    std::string type = "OPTIDX";
    std::string segment = "NFO";
    std::string tick = "5.000000";
    std::string freeze;  // empty: the field is absent
    [[nodiscard]] std::string text() const;
};
std::string angel_text(const std::vector<AngelRow>& rows);

std::string upstox_text(const std::vector<std::string>& rows);
std::string udiff_text(const std::vector<std::string>& rows);
std::string udiff_row(const std::string& date, const std::string& type, const std::string& token,
                      const std::string& ticker, const std::string& expiry,
                      const std::string& strike, const std::string& right, const std::string& lot);
std::string icici_fo_text(const std::vector<std::string>& rows);
std::string icici_mcx_text(const std::vector<std::string>& rows);

// Every format with a handful of sound rows and some to leave out.
std::string sample_angel();
std::string sample_upstox();
std::string sample_udiff();
std::vector<ZipFile> sample_icici();

}  // namespace sauda::test
