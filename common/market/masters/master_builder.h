#pragma once

#include "common/market/masters/load_report.h"

#include <map>

namespace sauda::masters {

enum class Asset : uint8_t { Index, Stock, Commodity };

// Gathers the rows of one file into a master and its report. Every row ends in exactly one call of
// pass(), refuse(), underlying() with nullopt, or add().
class MasterBuilder {
 public:
    // row_word: how a place in the file is counted, "line" or "row".
    MasterBuilder(Broker broker, domain::Date as_of, std::string file, std::string format,
                  std::string row_word);

    [[nodiscard]] domain::Date as_of() const { return master_.as_of; }
    void set_as_of(domain::Date date) { master_.as_of = date; }
    // Rows that follow stand in this part of the file (an entry of an archive).
    void begin_part(std::string name) { part_ = std::move(name); }
    void note(std::string text) { report_.notes.push_back(std::move(text)); }

    void pass(RowReason reason);
    void refuse(int64_t row, RowReason reason, std::string field, std::string text);
    // Of a derivative on an exchange we know. nullopt: it has no number here, and is counted.
    std::optional<domain::Underlying> underlying(domain::Exchange exchange, Asset asset,
                                                 std::string_view name);
    void add(int64_t row, ListedContract listed);

    [[nodiscard]] int64_t rows() const { return report_.rows; }
    // Rows kept or left out for a good reason.
    [[nodiscard]] int64_t sound_rows() const { return report_.rows - report_.broken(); }
    [[nodiscard]] const LoadReport& report() const { return report_; }

    // Sorts, and leaves out what stands twice in different ways.
    LoadedMaster finish() &&;

 private:
    struct Placed {
        ListedContract listed;
        int64_t row = 0;
        uint32_t part = 0;
        bool is_refused = false;
    };
    [[nodiscard]] std::string place(const std::string& part, int64_t row) const;
    void leave_out(LeftOut why, std::string_view name);
    void count(RowReason reason) { ++report_.counts[static_cast<std::size_t>(reason)]; }
    void explain(std::string place, RowReason reason, std::string field, std::string text);
    void settle_repeats();
    void settle_contract(std::size_t begin, std::size_t end);
    void settle_shared_tokens();
    void clash(std::size_t begin, std::size_t end, RowReason reason, const std::string& field);
    [[nodiscard]] std::string place_of(const Placed& placed) const;

    Master master_;
    LoadReport report_;
    std::string row_word_;
    std::string part_;
    std::vector<std::string> parts_;
    std::vector<Placed> placed_;
    std::map<std::pair<LeftOut, std::string>, int64_t> left_out_;
};

}  // namespace sauda::masters
