#pragma once

#include <string>

namespace sauda::lab {

// One HTML file that opens without a network: style, script and data inside. `data` is the text of
// report.json.
std::string report_page(const std::string& title, const std::string& data);

}  // namespace sauda::lab
