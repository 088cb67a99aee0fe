#pragma once

#include <map>
#include <string>
#include <vector>

// Recorded market data of others, where it is present (SAUDA_TEST_DATA, else ../shared/data).
namespace sauda::test {

std::string data_folder();

// One CSV file, plain or zstd, by its columns. Quoted cells may hold commas.
class RecordedTable {
 public:
    // Without rows where the file is absent. `columns` stands in for a missing first line.
    explicit RecordedTable(const std::string& path, const std::string& columns = {});
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    // Fails the test where the column does not exist.
    [[nodiscard]] const std::string& at(std::size_t row, const std::string& column) const;

 private:
    std::map<std::string, std::size_t> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// Paths of the files in a folder of the data, sorted; empty where it is absent.
std::vector<std::string> recorded_files(const std::string& folder);

}  // namespace sauda::test
