#include "services/importer/core/cells.h"

#include "services/importer/core/moment_text.h"

#include <catch2/catch.hpp>

using namespace sauda::importer;

namespace {

std::vector<std::string> cut(std::string_view line, char separator = ',') {
    Cells cells;
    if (!cells.cut(line, separator)) {
        return {"no end"};
    }
    std::vector<std::string> out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out.emplace_back(cells[i]);
    }
    return out;
}

int64_t number(std::string_view text) {
    const auto value = number_of(text, "x", kPriceMax);
    return value ? *value : -1 - static_cast<int64_t>(value.error().reason);
}

int64_t refused(RefusalReason reason) { return -1 - static_cast<int64_t>(reason); }

std::string moment(std::string_view text, DateForm form = DateForm::Plain) {
    const auto time = read_moment(text, form, sauda::base::kIstOffset);
    if (!time) {
        return "none";
    }
    const auto date = sauda::base::civil_of(sauda::base::ist_date(*time));
    return std::to_string(date.year) + "-" + std::to_string(date.month) + "-" +
           std::to_string(date.day) + " " +
           std::to_string(sauda::base::ist_time_of_day(*time).ns / 1'000'000);
}

}  // namespace

TEST_CASE("a line is cut at its separators, quoted cells whole and without their quotes") {
    using List = std::vector<std::string>;
    CHECK(cut("a, b ,,d") == List{"a", "b", "", "d"});
    CHECK(cut("") == List{""});
    CHECK(cut("a\t\tb", '\t') == List{"a", "", "b"});
    CHECK(cut(R"(,"11,143.70",x, "a ""b""" ,)") == List{"", "11,143.70", "x", "a \"b\"", ""});
    CHECK(cut(R"(a,"b)") == List{"no end"});
    CHECK(cut(R"("a"b,c)") == List{"a", "c"});
}

TEST_CASE("numbers are exact to 1/10,000, rounded half up, and what is none is named") {
    CHECK(number("101.45") == 1'014'500);
    CHECK(number("0.00005") == 1);
    CHECK(number("0.000049999") == 0);
    CHECK(number("24050.10009765625") == 240'501'001);
    CHECK(number("7.") == 70'000);
    CHECK(number("1e3") == 10'000'000);
    CHECK(number("1,234.5") == 12'345'000);
    CHECK(number("-0") == 0);
    CHECK(number("") == refused(RefusalReason::Unparsable));
    CHECK(number("12a") == refused(RefusalReason::Unparsable));
    CHECK(number(".") == refused(RefusalReason::Unparsable));
    CHECK(number("1.2.3") == refused(RefusalReason::Unparsable));
    CHECK(number("-1") == refused(RefusalReason::Negative));
    CHECK(number("nan") == refused(RefusalReason::NotFinite));
    CHECK(number("10000000.01") == refused(RefusalReason::Absurd));
    CHECK(number("99999999999999999999999999") == refused(RefusalReason::Absurd));
    CHECK(number("1e400") == refused(RefusalReason::Absurd));
}

TEST_CASE("an instant is read in every form that can be read in one way only") {
    const std::string nine = "2026-1-29 33330500";
    CHECK(moment("2026-01-29 09:15:30.500") == nine);
    CHECK(moment("2026-01-29T09:15:30.5+05:30") == nine);
    CHECK(moment("2026-01-29 03:45:30.5Z") == nine);
    CHECK(moment("2026-01-29 03:45:30.5+00") == nine);
    CHECK(moment("29-JAN-2026 09:15:30.5") == nine);
    CHECK(moment("29 Jan 2026 09:15:30.500") == nine);
    CHECK(moment("20260129_091530") == "2026-1-29 33330000");
    CHECK(moment("202601290915") == "2026-1-29 33300000");
    CHECK(moment("20260129091530") == "2026-1-29 33330000");
    CHECK(moment("1769658330", DateForm::EpochSeconds) == "2026-1-29 33330000");
    CHECK(moment("1769658330500", DateForm::EpochMillis) == nine);
    CHECK(moment("1769658330500000000", DateForm::EpochNanos) == nine);
    CHECK(moment("29/01/2026 09:15:30.5", DateForm::DayFirst) == nine);
    CHECK(moment("1-29-2026 09:15:30.5", DateForm::MonthFirst) == nine);
}

TEST_CASE("what is no instant is none, and an order of day and month is never guessed") {
    for (const auto* text : {"", "2026-01-29", "2026-01-29 9:15", "2026-01-29 24:00",
                             "2026-02-30 09:15", "03/04/2026 09:15", "2026-01-29 09:15:61",
                             "2026-01-29 09:15:30.", "2026-01-29 09:15+99:00", "1989-01-29 09:15",
                             "29-Foo-2026 09:15", "20260129", "2026-01-2909:15"}) {
        INFO(text);
        CHECK(moment(text) == "none");
    }
    CHECK(moment("1769658330", DateForm::EpochMillis) == "none");
    CHECK(moment("1769658330500", DateForm::EpochSeconds) == "none");
    CHECK(moment("31/13/2026 09:15", DateForm::DayFirst) == "none");
    CHECK(is_ambiguous_date("03/04/2026 09:15"));
    CHECK(is_ambiguous_date("3-4-2026"));
    CHECK_FALSE(is_ambiguous_date("03-Apr-2026"));
    CHECK_FALSE(is_ambiguous_date("2026-04-03"));
}
