#include "common/market/csv_table.h"

#include <optional>

namespace sauda::market {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

// A cell that begins with a quote; moves `rest` behind its closing quote. nullopt: left open.
std::optional<std::string> quoted_cell(std::string_view& rest) {
    std::string cell;
    rest.remove_prefix(1);
    while (!rest.empty()) {
        const char c = rest.front();
        rest.remove_prefix(1);
        if (c != '"') {
            cell += c;
        } else if (!rest.empty() && rest.front() == '"') {
            cell += '"';
            rest.remove_prefix(1);
        } else {
            return cell;
        }
    }
    return std::nullopt;
}

// nullopt: a quote is open, or text follows a closing quote.
std::optional<std::vector<std::string>> split(std::string_view line) {
    std::vector<std::string> cells;
    while (true) {
        line = trimmed(line);
        std::string cell;
        if (!line.empty() && line.front() == '"') {
            auto quoted = quoted_cell(line);
            line = trimmed(line);
            if (!quoted || (!line.empty() && line.front() != ',')) {
                return std::nullopt;
            }
            cell = std::move(*quoted);
        } else {
            const auto text = line.substr(0, line.find(','));
            cell = trimmed(text);
            line.remove_prefix(text.size());
        }
        cells.push_back(std::move(cell));
        if (line.empty()) {
            return cells;
        }
        line.remove_prefix(1);  // the comma
    }
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : ",") + name;
    }
    return text;
}

}  // namespace

base::Expected<CsvTable> parse_csv(std::string_view text, std::string file,
                                   const std::vector<std::string>& columns) {
    CsvTable table{std::move(file), columns, {}};
    bool has_header = false;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto place = table.file + " line " + std::to_string(number);
        auto cells = split(line);
        if (!cells) {
            return base::fail(base::ErrorKind::Invalid, place + ": a quote is not closed");
        }
        if (!has_header) {
            if (*cells != columns) {
                return base::fail(base::ErrorKind::Invalid, place + ": the columns are \"" +
                                                                joined(*cells) + "\"; expected \"" +
                                                                joined(columns) + "\"");
            }
            has_header = true;
            continue;
        }
        if (cells->size() != columns.size()) {
            return base::fail(base::ErrorKind::Invalid,
                              place + ": " + std::to_string(cells->size()) + " cells; expected " +
                                  std::to_string(columns.size()) + " (" + joined(columns) + ")");
        }
        table.rows.push_back({number, std::move(*cells)});
    }
    if (!has_header) {
        return base::fail(base::ErrorKind::Invalid, table.file + ": no line names the columns");
    }
    return table;
}

std::string cell_place(const CsvTable& table, const CsvRow& row, std::size_t column) {
    return table.file + " line " + std::to_string(row.line) + ", column " + table.columns[column];
}

}  // namespace sauda::market
