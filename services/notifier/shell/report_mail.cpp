#include "services/notifier/shell/report_mail.h"

#include "common/domain/contract_id.h"
#include "common/wire/format.h"
#include "services/notifier/shell/telegram_text.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::notifier {

namespace {

using Json = nlohmann::json;

std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return std::nullopt;
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::string text_of(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

// "-6571.50" in rupees with Indian grouping; as it stands if it is no amount.
std::string rupees(const std::string& amount) {
    const auto digits = amount.starts_with('-') ? amount.substr(1) : amount;
    const auto point = digits.find('.');
    if (point == std::string::npos || point == 0 || point > 12 || digits.size() != point + 3 ||
        digits.find_first_not_of("0123456789.") != std::string::npos) {
        return amount;
    }
    const auto paise =
        std::stoll(digits.substr(0, point)) * 100 + std::stoll(digits.substr(point + 1));
    return wire::rupees(base::Money::from_paise(amount.starts_with('-') ? -paise : paise));
}

std::string row(const std::string& name, const std::string& value) {
    return "<tr><td>" + escape_html(name) +
           "</td><td style=\"text-align:right;padding-left:2em\">" + escape_html(value) +
           "</td></tr>\n";
}

struct Figures {
    std::string end;
    std::string change;
    std::string rows;
};

Figures figures_of(const Json& json) {
    Figures figures;
    const Json::json_pointer accounts("/money/accounts");
    if (!json.is_object() || !json.contains(accounts) || !json[accounts].is_array()) {
        return figures;
    }
    for (const auto& account : json[accounts]) {
        if (!account.is_object()) {
            continue;
        }
        figures.rows += row("Account", text_of(account, "account"));
        for (const auto& [key, name] : {std::pair("start", "Start"),
                                        {"realised", "Realised"},
                                        {"unrealised", "Unrealised"},
                                        {"charges", "Charges"},
                                        {"end", "End"},
                                        {"max_drawdown", "Largest drawdown"}}) {
            figures.rows += row(name, rupees(text_of(account, key)));
        }
        figures.end = rupees(text_of(account, "end"));
    }
    const auto trades =
        json.contains("trades") && json["trades"].is_array() ? json["trades"].size() : 0;
    figures.rows += row("Trades", std::to_string(trades));
    figures.rows += row("Books", json.value("books_balance", false) ? "balance" : "DO NOT BALANCE");
    figures.change = std::to_string(trades) + (trades == 1 ? " trade" : " trades");
    return figures;
}

}  // namespace

ReportMail make_report(const std::string& date, const std::string& text, const std::string& json) {
    const auto figures = figures_of(Json::parse(json, nullptr, false));
    const auto day = domain::parse_date(date);
    const auto name = day ? wire::ist_date_text(*day) : date;
    ReportMail mail;
    mail.subject = "Report of " + name;
    if (!figures.rows.empty()) {
        mail.subject += ": " + figures.change + ", account at " + figures.end;
    }
    mail.text = text;
    mail.html = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n<h2>" +
                escape_html(mail.subject) + "</h2>\n<table>\n" + figures.rows + "</table>\n<pre>" +
                escape_html(text) + "</pre>\n</body></html>\n";
    return mail;
}

std::optional<ReportMail> read_report(const std::string& reports, const std::string& date) {
    const auto folder = std::filesystem::path(reports) / date;
    const auto text = read_file(folder / "summary.txt");
    const auto json = read_file(folder / "summary.json");
    // trades.csv is written last: the others are whole when it is there.
    if (!text || !json || !std::filesystem::exists(folder / "trades.csv")) {
        return std::nullopt;
    }
    return make_report(date, *text, *json);
}

}  // namespace sauda::notifier
