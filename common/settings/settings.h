#pragma once

#include "common/base/expected.h"
#include "common/base/fixed.h"
#include "common/base/timestamp.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::settings {

// A TOML file read by key. Paths are dotted and relative to the view ("risk.daily_loss"); an
// element of a list is "bots[0].name"; a view is the file, one table of it, or one element of a
// list of tables. Copies share the document and the record of what was read; not thread safe.
//
// Every getter: the value; the fallback if the key is absent; NotFound if it is absent without a
// fallback; Invalid if it has the wrong type or is out of range (bounds are inclusive). Messages
// name file, line and key, what was found and what is allowed. A fallback is not range checked.
class Settings {
 public:
    // NotFound if the file cannot be read, Invalid if it is not TOML (says the line).
    static base::Expected<Settings> load(const std::string& path);
    // `name` stands for the file in messages.
    static base::Expected<Settings> parse(std::string_view text, std::string name);

    [[nodiscard]] bool has(std::string_view path) const;  // does not count as reading

    [[nodiscard]] base::Expected<int64_t> integer(std::string_view path,
                                                  std::optional<int64_t> fallback = {},
                                                  int64_t min = INT64_MIN,
                                                  int64_t max = INT64_MAX) const;
    // Plain numbers for models and thresholds; money and prices have their own getters.
    [[nodiscard]] base::Expected<double> number(std::string_view path,
                                                std::optional<double> fallback = {},
                                                double min = -1e300, double max = 1e300) const;
    // Rupees with at most 4 decimals, exact: 17000, 1_000_000, 22.50.
    [[nodiscard]] base::Expected<base::Money> rupees(std::string_view path,
                                                     std::optional<base::Money> fallback = {},
                                                     base::Money min = {},
                                                     base::Money max = base::Money::max()) const;
    [[nodiscard]] base::Expected<base::Price> price(std::string_view path,
                                                    std::optional<base::Price> fallback = {},
                                                    base::Price min = {},
                                                    base::Price max = base::Price::max()) const;
    // Per cent in the file (3.5 or "3.5 %", at most 4 decimals), 1e-6 in the program (35,000).
    [[nodiscard]] base::Expected<int64_t> per_million(std::string_view path,
                                                      std::optional<int64_t> fallback = {},
                                                      int64_t min = 0,
                                                      int64_t max = 1'000'000) const;
    // With `allowed`, one of these words.
    [[nodiscard]] base::Expected<std::string> text(
        std::string_view path, std::optional<std::string> fallback = {},
        const std::vector<std::string>& allowed = {}) const;
    [[nodiscard]] base::Expected<bool> boolean(std::string_view path,
                                               std::optional<bool> fallback = {}) const;
    // "15:05" or "15:05:30": time since midnight in India.
    [[nodiscard]] base::Expected<base::Duration> time_of_day(
        std::string_view path, std::optional<base::Duration> fallback = {}) const;
    // A number and a unit: "250 us", "250 ms", "20 s", "1.5 min", "2 h"; not negative.
    [[nodiscard]] base::Expected<base::Duration> duration(
        std::string_view path, std::optional<base::Duration> fallback = {}, base::Duration min = {},
        base::Duration max = {INT64_MAX}) const;
    [[nodiscard]] base::Expected<std::vector<std::string>> texts(
        std::string_view path, std::optional<std::vector<std::string>> fallback = {}) const;

    // One view per [[path]] in the order of the file, or per [path.NAME] in the order of names.
    // Empty if there is none; a value that is no table stays unread.
    [[nodiscard]] std::vector<Settings> tables(std::string_view path) const;
    // The view of one table; if absent an empty view, in which every key is absent.
    [[nodiscard]] Settings section(std::string_view path) const;
    // Last part of the view's path ("straddle" of [bots.straddle]); empty for the file.
    [[nodiscard]] std::string name() const;

    // Keys under this view that no getter asked for, in order: most likely misspelt.
    [[nodiscard]] std::vector<std::string> unread() const;
    // Of the file's bytes.
    [[nodiscard]] uint64_t content_hash() const;
    // "deploy/config/paper.toml:12". An absent key has the line of the table it belongs in, if any.
    [[nodiscard]] std::string where(std::string_view path) const;
    // For a caller's own checks: Invalid, "deploy/config/paper.toml:12: risk.trades: <why>".
    [[nodiscard]] base::Error refuse(std::string_view path, const std::string& why) const;

 private:
    struct Document;
    struct Value;
    Settings(std::shared_ptr<Document> document, std::string prefix);
    [[nodiscard]] std::string full(std::string_view path) const;
    [[nodiscard]] Value value(std::string_view path) const;

    std::shared_ptr<Document> document_;
    std::string prefix_;  // "" or "bots[0]"
};

}  // namespace sauda::settings
