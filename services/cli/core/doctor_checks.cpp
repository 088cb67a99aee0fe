#include "services/cli/core/doctor_checks.h"

#include <algorithm>
#include <set>

namespace sauda::cli {

using namespace domain;

namespace {

constexpr uint64_t kOpenFilesMin = 256;
constexpr int kYearMin = 2025;
constexpr int kYearMax = 2099;
constexpr int64_t kFutureNs = 60'000'000'000;
constexpr int kNextYearFromMonth = 12;

std::string tenths(uint64_t value, uint64_t unit) {
    const uint64_t n = value * 10 / unit;
    return std::to_string(n / 10) + "." + std::to_string(n % 10);
}

std::string gigabytes(uint64_t bytes) { return tenths(bytes, 1'000'000'000) + " GB"; }

bool is_later_service(const std::string& key) {
    static const std::set<std::string> kSections{"feed",     "notifier", "ml_signal",
                                                 "recorder", "gateway",  "summary"};
    return kSections.contains(key.substr(0, key.find_first_of(".[")));
}

int64_t holidays_of(const MarketRules& rules, Exchange exchange, int year) {
    return std::count_if(rules.holidays.begin(), rules.holidays.end(), [&](const HolidayRow& row) {
        return row.exchange == exchange && base::civil_of(row.date).year == year;
    });
}

Findings judge_calendar(const MarketRules& rules, Date today, Exchange exchange) {
    const std::string name(to_text(exchange));
    const bool has_hours = std::any_of(
        rules.sessions.begin(), rules.sessions.end(),
        [&](const SessionRow& row) { return row.exchange == exchange && row.from <= today; });
    if (!has_hours) {
        return {problem(name + " hours", "no session hours are known for " + to_text(today),
                        "add the row to sessions.csv from the exchange's circular")};
    }
    Findings findings;
    const auto day = rules.day(exchange, today);
    const auto next = rules.next_trading_day(exchange, today);
    findings.push_back(
        ok(name + " today",
           to_text(today) +
               (day.is_open ? " is a trading day" : " is no trading day (" + day.holiday + ")") +
               "; the next one is " + to_text(next)));
    const int year = base::civil_of(today).year;
    const auto count = holidays_of(rules, exchange, year);
    const auto file = std::string(" to holidays.csv from the exchange's list");
    findings.push_back(count > 0 ? ok(name + " holidays", std::to_string(count) + " holidays of " +
                                                              std::to_string(year) + " are known")
                                 : problem(name + " holidays",
                                           "no holiday of " + std::to_string(year) + " is known",
                                           "add those of " + std::to_string(year) + file));
    if (base::civil_of(today).month >= kNextYearFromMonth &&
        holidays_of(rules, exchange, year + 1) == 0) {
        findings.push_back(warning(name + " holidays",
                                   "no holiday of " + std::to_string(year + 1) + " is known yet",
                                   "add them" + file));
    }
    return findings;
}

Findings judge_underlying(const MarketRules& rules, Date today, Underlying underlying) {
    const std::string name(to_text(underlying));
    const auto exchange = exchange_of(underlying);
    const auto expiry = rules.next_expiry(underlying, today);
    if (!expiry) {
        return {warning(name + " expiry", "no rule gives its next expiry",
                        "only the contracts listed by the source tell; see expiries.csv")};
    }
    const auto option = ContractId::option(exchange, underlying, ContractKind::Call, *expiry,
                                           Price::from_rupees(100));
    const auto instrument = rules.instrument(option, today);
    if (!instrument) {
        return {problem(name + " lot", "no lot or tick is known for the expiry " + to_text(*expiry),
                        "add it to lots.csv or ticks.csv from the exchange's circular")};
    }
    Findings findings{
        ok(name + " contracts", "next expiry " + to_text(*expiry) + ", lot " +
                                    std::to_string(instrument->lot.raw()) + ", largest order " +
                                    std::to_string(instrument->freeze.raw()) + " units")};
    if (!rules.charge_rates(exchange, ContractKind::Call, today)) {
        findings.push_back(problem(name + " charges", "no charges are known for " + to_text(today),
                                   "add them to charges.csv"));
    }
    if (rules.margin_rates(exchange, today).scan == 0) {
        findings.push_back(
            problem(name + " margin", "no margin rates are known", "add them to margins.csv"));
    }
    return findings;
}

Finding judge_service(const ServiceFacts& facts) {
    const std::string name(to_text(facts.service));
    const auto look = "look at `sauda logs " + name + "`";
    if (!facts.is_listening) {
        return problem(name, "does not run", look + ", then `sauda up`");
    }
    if (!facts.refusal.empty()) {
        return problem(name, "runs but does not answer: " + facts.refusal, look);
    }
    if (!facts.trouble.empty()) {
        return problem(name, facts.state + ", in trouble: " + facts.trouble, look);
    }
    if (facts.state != "READY") {
        return problem(name, "is " + facts.state + ", not READY",
                       "wait a few seconds and ask again; then " + look);
    }
    if (facts.runs_old_program) {
        return warning(name, "READY, but runs an older program than the one on disk",
                       "`sauda down`, then `sauda up`, when nothing is being traded");
    }
    return ok(name, "READY");
}

}  // namespace

Finding judge_disk(const DiskSpace& disk) {
    if (disk.all_bytes == 0) {
        return warning("disk", "its free space cannot be read", "look at `df`");
    }
    const auto text =
        gigabytes(disk.free_bytes) + " free, " +
        tenths(disk.free_bytes * 100 / 1000, std::max<uint64_t>(disk.all_bytes / 1000, 1)) +
        " % of the disk";
    const std::string remedy =
        "remove old replay environments and logs, or move var to a larger disk";
    if (disk.free_bytes < disk.all_bytes / 100) {
        return problem("disk", text, remedy);
    }
    return disk.free_bytes < disk.all_bytes / 20 ? warning("disk", text, remedy) : ok("disk", text);
}

Finding judge_open_files(uint64_t limit) {
    const auto text = limit > 1'000'000 ? std::string("more than a million files may be open")
                                        : std::to_string(limit) + " files may be open";
    return limit < kOpenFilesMin
               ? problem("limits", text, "raise it to 1024 at least: `ulimit -n 1024`")
               : ok("limits", text);
}

Finding judge_clock(const ClockFacts& clock) {
    const auto today = base::ist_date(clock.now);
    const int year = base::civil_of(today).year;
    if (year < kYearMin || year > kYearMax) {
        return problem("clock", "it says " + to_text(today),
                       "set the system clock; orders and logs carry its time");
    }
    if (clock.newest_file.is_set() && clock.newest_file.ns - clock.now.ns > kFutureNs) {
        return problem("clock",
                       "it says " + to_text(today) +
                           ", but files of the environment were written "
                           "later than that: it went back",
                       "set the system clock before anything is started");
    }
    if (!clock.is_synchronised) {
        return ok("clock",
                  to_text(today) + "; whether it is synchronised cannot be seen from here");
    }
    return *clock.is_synchronised
               ? ok("clock", to_text(today) + ", synchronised")
               : warning("clock", to_text(today) + ", not synchronised with a time server",
                         "start chrony or systemd-timesyncd; off by more than 500 ms, nothing "
                         "new is opened");
}

Finding judge_socket_folder(const FolderFacts& folder, const std::string& path) {
    constexpr uint32_t kOfOthers = 0077;
    if (!folder.exists) {
        return problem("sockets", "the folder " + path + " does not exist",
                       "`sauda up` makes it; a folder under /tmp may have been cleaned away");
    }
    if (!folder.is_mine) {
        return problem("sockets", path + " belongs to another user",
                       "somebody else could send orders; remove it and start again");
    }
    if ((folder.mode & kOfOthers) != 0) {
        return problem("sockets", path + " is open to other users",
                       "chmod 700 " + path + ": whoever reaches a socket can give orders");
    }
    return ok("sockets", path + " is private");
}

Findings judge_unread_keys(const std::vector<std::string>& keys) {
    Findings findings;
    for (const auto& key : keys) {
        findings.push_back(is_later_service(key)
                               ? warning("configuration", "no program reads '" + key + "'",
                                         "it has no effect; remove it if that surprises you")
                               : problem("configuration", "no program knows '" + key + "'",
                                         "most likely misspelt: its default is in force; see "
                                         "`sauda doctor --parameters`"));
    }
    return findings;
}

Findings judge_rules(const MarketRules& rules, Date today,
                     const std::vector<Underlying>& underlyings) {
    Findings findings;
    std::set<Exchange> exchanges;
    for (const auto underlying : underlyings) {
        exchanges.insert(exchange_of(underlying));
    }
    for (const auto exchange : exchanges) {
        append(findings, judge_calendar(rules, today, exchange));
    }
    for (const auto underlying : underlyings) {
        append(findings, judge_underlying(rules, today, underlying));
    }
    return findings;
}

Findings judge_services(const std::vector<ServiceFacts>& services, bool is_supervised) {
    const bool is_any_up =
        std::any_of(services.begin(), services.end(),
                    [](const ServiceFacts& facts) { return facts.is_listening; });
    if (!is_any_up && !is_supervised) {
        return {ok("services", "stopped; `sauda up` starts them")};
    }
    Findings findings;
    findings.push_back(is_supervised
                           ? ok("supervisor", "runs, starts again what stops")
                           : warning("supervisor", "does not run: nobody starts a service again",
                                     "`sauda up`, unless containers or systemd keep them running"));
    for (const auto& facts : services) {
        findings.push_back(judge_service(facts));
    }
    return findings;
}

}  // namespace sauda::cli
