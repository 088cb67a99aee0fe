#include "common/market/load_rules.h"

#include "common/base/hash.h"
#include "common/market/check_rules.h"
#include "common/market/rule_readers.h"

#include <fstream>
#include <iterator>
#include <map>

namespace sauda::market {

using namespace domain;

namespace {

base::Expected<std::string> bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) {
        return base::fail(base::ErrorKind::NotFound,
                          "cannot read the market rules " + path +
                              "; is the rules directory set to deploy/market?");
    }
    return bytes;
}

std::size_t underlyings_known() {
    std::size_t n = 0;
    for (uint16_t number = 1; number <= kUnderlyingNumberMax; ++number) {
        n += to_text(static_cast<Underlying>(number)).empty() ? 0 : 1;
    }
    return n;
}

// The rows of one file so far, by what they are about.
class KeysSeen {
 public:
    // Refuses the row if another holds the key, or a later date of the same subject came before.
    void add(const RuleKey& key, int line, RowReader& row) {
        if (const auto found = lines_.find(key); found != lines_.end()) {
            row.refuse_date("a second row for " + key.what + (key.date.days == 0 ? "" : " and ") +
                            dated(key) + "; the first is line " + std::to_string(found->second));
            return;
        }
        lines_.emplace(key, line);
        const auto [latest, is_first] = latest_.try_emplace(key.what, key, line);
        if (!is_first && key < latest->second.first) {
            row.refuse_date(dated(key) + " of " + key.what + " comes after " +
                            dated(latest->second.first) + " in line " +
                            std::to_string(latest->second.second) +
                            "; rows of one key stand in the order of their dates");
        }
        latest->second = {key, line};
    }
    [[nodiscard]] std::size_t size() const { return lines_.size(); }

 private:
    static std::string dated(const RuleKey& key) {
        return (key.date.days == 0 ? "" : to_text(key.date)) +
               (key.second.days == 0 ? "" : " traded from " + to_text(key.second));
    }
    std::map<RuleKey, int> lines_;
    std::map<std::string, std::pair<RuleKey, int>> latest_;
};

// Every file ends with the column `source`.
base::Expected<void> read_rows(const RuleFile& file, std::string_view text, MarketRules& rules) {
    auto columns = file.columns;
    columns.emplace_back("source");
    const auto table = parse_csv(text, file.name, columns);
    if (!table) {
        return std::unexpected(table.error());
    }
    KeysSeen seen;
    for (const auto& csv_row : table->rows) {
        RowReader row(*table, csv_row);
        const auto keys = file.read(row, rules);
        for (const auto& key : keys) {
            if (row.ok()) {
                seen.add(key, csv_row.line, row);
            }
        }
        if (!row.ok()) {
            return std::unexpected(row.error());
        }
    }
    if (file.name == "underlyings.csv" && seen.size() != underlyings_known()) {
        return base::fail(base::ErrorKind::Invalid, "underlyings.csv lists " +
                                                        std::to_string(seen.size()) +
                                                        " underlyings; this program knows " +
                                                        std::to_string(underlyings_known()));
    }
    return {};
}

}  // namespace

base::Expected<MarketRules> load_rules(const std::string& directory) {
    MarketRules rules;
    base::Hash64 hash;
    for (const auto& file : rule_files()) {
        const auto bytes = bytes_of(directory + "/" + file.name);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        hash.add_bytes(file.name);
        hash.add_bytes(*bytes);
        if (auto read = read_rows(file, *bytes, rules); !read) {
            return std::unexpected(read.error());
        }
    }
    if (auto fits = check_rules(rules); !fits) {
        return std::unexpected(fits.error());
    }
    rules.hash = base::to_hex(hash.value());
    return rules;
}

}  // namespace sauda::market
