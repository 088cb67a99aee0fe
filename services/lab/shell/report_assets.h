#pragma once

#include <string_view>

// The files of services/lab/report, put into the program by its CMakeLists.txt.
namespace sauda::lab {

extern const std::string_view kReportPage;
extern const std::string_view kReportStyle;
extern const std::string_view kReportScript;

}  // namespace sauda::lab
