#include "services/cli/shell/doctor.h"

#include "common/market/load_rules.h"
#include "services/cli/core/doctor_checks.h"
#include "services/cli/shell/doctor_places.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace sauda;
using namespace sauda::cli;
using domain::Service;
using domain::Underlying;

namespace {

constexpr uint64_t kGigabyte = 1'000'000'000;

std::string source(const char* path) {
    return std::string(std::getenv("SAUDA_SOURCE_DIR")) + "/" + path;
}

Health worst_of(const Findings& findings) {
    Health worst = Health::Ok;
    for (const auto& finding : findings) {
        worst = std::max(worst, finding.health);
    }
    return worst;
}

bool says(const Findings& findings, const std::string& words) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.text.find(words) != std::string::npos;
    });
}

ServiceFacts stopped(Service service) {
    ServiceFacts facts;
    facts.service = service;
    return facts;
}

ServiceFacts ready(Service service) {
    ServiceFacts facts = stopped(service);
    facts.is_listening = true;
    facts.state = "READY";
    return facts;
}

// The paper configuration with one text replaced, in a file of its own.
class Changed {
 public:
    Changed(const std::string& from, const std::string& to) {
        std::ifstream in(source("deploy/config/paper.toml"));
        std::string text((std::istreambuf_iterator<char>(in)), {});
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        path_ = std::filesystem::temp_directory_path() /
                ("sauda_doctor_" + std::to_string(std::hash<std::string>()(text)) + ".toml");
        std::ofstream(path_) << text;
    }
    ~Changed() { std::filesystem::remove(path_); }
    Changed(const Changed&) = delete;
    Changed& operator=(const Changed&) = delete;
    [[nodiscard]] std::string path() const { return path_.string(); }

 private:
    std::filesystem::path path_;
};

}  // namespace

TEST_CASE("A disk is warned of below 5 per cent and a problem below 1") {
    CHECK(judge_disk({6 * kGigabyte, 100 * kGigabyte}).health == Health::Ok);
    CHECK(judge_disk({5 * kGigabyte, 100 * kGigabyte}).health == Health::Ok);
    CHECK(judge_disk({5 * kGigabyte - 1, 100 * kGigabyte}).health == Health::Warning);
    CHECK(judge_disk({kGigabyte - 1, 100 * kGigabyte}).health == Health::Problem);
    CHECK(judge_disk({6 * kGigabyte, 100 * kGigabyte}).text == "6.0 GB free, 6.0 % of the disk");
    CHECK(judge_disk({}).health == Health::Warning);
}

TEST_CASE("256 open files are needed") {
    CHECK(judge_open_files(255).health == Health::Problem);
    CHECK(judge_open_files(256).health == Health::Ok);
}

TEST_CASE("A clock that is absurd or went back is a problem, one nobody sets a warning") {
    const auto now = base::ist(base::date_of(2026, 2, 2), base::seconds(36'000));
    CHECK(judge_clock({now, {}, true}).health == Health::Ok);
    CHECK(judge_clock({now, {}, false}).health == Health::Warning);
    CHECK(judge_clock({now, {}, std::nullopt}).health == Health::Ok);
    CHECK(judge_clock({now, now + base::seconds(30), true}).health == Health::Ok);
    CHECK(judge_clock({now, now + base::seconds(90), true}).health == Health::Problem);
    CHECK(judge_clock({base::ist(base::date_of(1970, 1, 2), {}), {}, true}).health ==
          Health::Problem);
}

TEST_CASE("Sockets that others can reach are a problem") {
    CHECK(judge_socket_folder({true, true, 0700}, "bus").health == Health::Ok);
    CHECK(judge_socket_folder({true, true, 0755}, "bus").health == Health::Problem);
    CHECK(judge_socket_folder({true, true, 0710}, "bus").health == Health::Problem);
    CHECK(judge_socket_folder({true, false, 0700}, "bus").health == Health::Problem);
    CHECK(judge_socket_folder({false, false, 0}, "bus").health == Health::Problem);
}

TEST_CASE("A misspelt key is a problem, a key of a section nobody reads yet a warning") {
    CHECK(judge_unread_keys({}).empty());
    CHECK(worst_of(judge_unread_keys({"notifier.telegram", "feed.x"})) == Health::Warning);
    CHECK(worst_of(judge_unread_keys({"accounts.standard.dayly_loss"})) == Health::Problem);
    CHECK(worst_of(judge_unread_keys({"feeds.x"})) == Health::Problem);
}

TEST_CASE("A stopped environment is well; one that is half up is not") {
    const std::vector<ServiceFacts> none{stopped(Service::Feed), stopped(Service::Risk)};
    CHECK(worst_of(judge_services(none, false)) == Health::Ok);
    CHECK(worst_of(judge_services(none, true)) == Health::Problem);
    CHECK(worst_of(judge_services({ready(Service::Feed), ready(Service::Risk)}, true)) ==
          Health::Ok);
    CHECK(worst_of(judge_services({ready(Service::Feed), ready(Service::Risk)}, false)) ==
          Health::Warning);
    CHECK(worst_of(judge_services({ready(Service::Feed), none[1]}, true)) == Health::Problem);
}

TEST_CASE("A service that hangs, is not ready or cannot follow a stream is a problem") {
    auto hanging = ready(Service::Risk);
    hanging.refusal = "no answer in time";
    auto recovering = ready(Service::Risk);
    recovering.state = "RECOVERING";
    auto troubled = ready(Service::Risk);
    troubled.trouble = "message 61 cannot be read";
    for (const auto& facts : {hanging, recovering, troubled}) {
        CHECK(worst_of(judge_services({facts}, true)) == Health::Problem);
    }
    auto old = ready(Service::Risk);
    old.runs_old_program = true;
    CHECK(worst_of(judge_services({old}, true)) == Health::Warning);
}

TEST_CASE("The rules of the project cover a day of 2026 and say what kind of day it is") {
    const auto rules = market::load_rules(source("deploy/market"));
    REQUIRE(rules);
    const auto findings = judge_rules(*rules, base::date_of(2026, 2, 21), {Underlying::NIFTY});
    CHECK(worst_of(findings) == Health::Ok);
    CHECK(says(findings, "2026-02-21 is no trading day (weekend); the next one is 2026-02-23"));
    CHECK(says(findings, "next expiry 2026-02-24, lot 65"));
}

TEST_CASE("Rules that end before today are a problem") {
    const auto loaded = market::load_rules(source("deploy/market"));
    REQUIRE(loaded);
    const auto judged = [&](auto change) {
        auto rules = *loaded;
        change(rules);
        return worst_of(judge_rules(rules, base::date_of(2026, 2, 2), {Underlying::NIFTY}));
    };
    CHECK(judged([](domain::MarketRules&) {}) == Health::Ok);
    CHECK(judged([](domain::MarketRules& rules) { rules.sessions.clear(); }) == Health::Problem);
    CHECK(judged([](domain::MarketRules& rules) { rules.holidays.clear(); }) == Health::Problem);
    CHECK(judged([](domain::MarketRules& rules) { rules.lots.clear(); }) == Health::Problem);
    CHECK(judged([](domain::MarketRules& rules) { rules.charges.clear(); }) == Health::Problem);
    CHECK(judged([](domain::MarketRules& rules) { rules.margins.clear(); }) == Health::Problem);
    CHECK(judged([](domain::MarketRules& rules) { rules.expiries.clear(); }) == Health::Warning);
}

TEST_CASE("The holidays of next year are asked for in December") {
    auto rules = *market::load_rules(source("deploy/market"));
    const auto judged = [&](int month) {
        return judge_rules(rules, base::date_of(2026, month, 10), {Underlying::NIFTY});
    };
    CHECK_FALSE(says(judged(11), "2027"));
    CHECK(says(judged(12), "no holiday of 2027 is known yet"));
}

TEST_CASE("The project's own configurations are sound") {
    for (const auto* path : {"deploy/config/paper.toml", "deploy/config/small.toml"}) {
        const auto findings = look_at_settings(source(path));
        INFO(findings_text(findings));
        CHECK(worst_of(findings) == Health::Ok);
        CHECK(says(findings, "straddle (short_straddle), crossover (sma_crossover)"));
    }
}

TEST_CASE("A misspelt key is found in an account nobody trades, too") {
    const Changed used("daily_loss = \"3 %\"", "dayly_loss = \"3 %\"");
    CHECK(says(look_at_settings(used.path()), "'accounts.standard.dayly_loss'"));
    const Changed unused("lots_max = 1", "lot_max = 1");
    const auto findings = look_at_settings(unused.path());
    CHECK(worst_of(findings) == Health::Problem);
    CHECK(says(findings, "'accounts.small.lot_max'"));
}

TEST_CASE("A value nobody accepts is named with file and line") {
    const Changed wrong("kind = \"sma_crossover\"", "kind = \"sma_crossing\"");
    const auto findings = look_at_settings(wrong.path());
    CHECK(worst_of(findings) == Health::Problem);
    CHECK(says(findings, "there is no bot kind 'sma_crossing'"));
    CHECK(worst_of(look_at_settings("/nowhere.toml")) == Health::Problem);
}

TEST_CASE("Every key the doctor lists is one the programs read") {
    const auto text = keys_text(source("deploy/config/paper.toml"));
    REQUIRE(text);
    for (const auto* key : {"accounts.standard.daily_loss ", "risk.entries_until",
                            "execution.square_off_wider", "paper_venue.latency"}) {
        INFO(key);
        CHECK(text->find(key) != std::string::npos);
    }
    // Given in the file, each of them is read: none is called unknown.
    const Changed full(
        "[risk]\n",
        "[risk]\ncollar = 10\ncollar_ratio = \"25 %\"\nspread = 1\n"
        "spread_ratio = \"5 %\"\ncost_multiple = 3\ntomorrow_margin_at = \"14:30\"\n");
    CHECK(worst_of(look_at_settings(full.path())) == Health::Ok);
}

TEST_CASE("Problems come last, with what to do, and decide the exit code") {
    const Findings findings{problem("disk", "full", "make room"), ok("clock", "right"),
                            warning("halt", "halted", "resume")};
    const auto text = findings_text(findings);
    CHECK(text.find("clock") < text.find("halt"));
    CHECK(text.find("halt") < text.find("disk"));
    CHECK(text.find("-> make room") != std::string::npos);
    CHECK(text.find("1 problem must be solved first; 1 warning.") != std::string::npos);
    CHECK(exit_code(findings) == 1);
    CHECK(exit_code({findings[1], findings[2]}) == 0);
}
