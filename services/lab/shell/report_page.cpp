#include "services/lab/shell/report_page.h"

#include "services/lab/shell/report_assets.h"

namespace sauda::lab {

namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '<' ? "&lt;" : (c == '&' ? "&amp;" : std::string(1, c));
    }
    return out;
}

// Inside a script element nothing may look like its end.
std::string inside_script(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        out += c == '<' ? "\\u003c" : std::string(1, c);
    }
    return out;
}

void put(std::string& page, const std::string& mark, const std::string& text) {
    const auto at = page.find(mark);
    if (at != std::string::npos) {
        page.replace(at, mark.size(), text);
    }
}

}  // namespace

std::string report_page(const std::string& title, const std::string& data) {
    std::string page(kReportPage);
    put(page, "<!--title-->", escaped(title));
    put(page, "/*style*/", std::string(kReportStyle));
    put(page, "/*script*/", std::string(kReportScript));
    put(page, "<!--data-->", inside_script(data));
    return page;
}

}  // namespace sauda::lab
