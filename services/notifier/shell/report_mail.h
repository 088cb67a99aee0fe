#pragma once

#include <optional>
#include <string>

namespace sauda::notifier {

struct ReportMail {
    std::string subject;
    std::string text;  // summary.txt
    std::string html;  // the figures of the day in a table, then the text
};

// The report the recorder wrote into <reports>/<date>; nullopt: not written yet.
std::optional<ReportMail> read_report(const std::string& reports, const std::string& date);
// From the contents of summary.txt and summary.json.
ReportMail make_report(const std::string& date, const std::string& text, const std::string& json);

}  // namespace sauda::notifier
