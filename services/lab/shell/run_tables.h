#pragma once

#include "common/base/expected.h"
#include "services/lab/shell/backtest_fold.h"

#include <cstdio>
#include <memory>
#include <string>

namespace sauda::lab {

// Rupees to the paisa without grouping: "-1234.50".
std::string plain_rupees(Money money);

// trades.csv and days.csv, a line each, with a heading.
std::string trades_table(const BacktestFold& fold);
std::string days_table(const BacktestFold& fold);

// A table that is written while the run goes on, so that no memory holds it.
class TableFile {
 public:
    // Complains at close() when it could not be written.
    TableFile(std::string path, const std::string& heading);
    void line(const std::string& text);
    base::Expected<void> close();

 private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string path_;
    std::unique_ptr<std::FILE, Closer> file_;
    bool has_failed_ = false;
};

std::string ledger_heading();
std::string ledger_line(const domain::LedgerEntry& entry, Timestamp at);
std::string minute_heading();
std::string minute_line(const MinutePoint& point);

}  // namespace sauda::lab
