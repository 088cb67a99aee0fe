#include "services/cli/shell/doctor.h"

#include "services/cli/shell/doctor_bots.h"
#include "services/cli/shell/doctor_places.h"
#include "services/cli/shell/session.h"

#include <cstdio>
#include <filesystem>

namespace sauda::cli {

namespace {

std::string line(const Finding& finding) {
    const char* mark = finding.health == Health::Ok        ? "ok      "
                       : finding.health == Health::Warning ? "warning "
                                                           : "PROBLEM ";
    auto subject = finding.subject;
    subject.resize(std::max<std::size_t>(subject.size(), 15), ' ');
    return mark + subject + " " + finding.text +
           (finding.remedy.empty() ? "" : "\n                        -> " + finding.remedy) + "\n";
}

// nullopt: there is none, which `findings` say.
std::optional<service::Environment> find_environment(const DoctorOptions& options,
                                                     Findings& findings) {
    auto environment = service::load_environment(options.var, options.environment);
    if (environment) {
        findings.push_back(ok("environment", environment->name + " (" + environment->kind +
                                                 "), account " + environment->account));
        return std::move(*environment);
    }
    const bool is_absent = environment.error().kind == base::ErrorKind::NotFound;
    findings.push_back(
        is_absent && !options.is_environment_named
            ? warning("environment", "there is no '" + options.environment + "' yet",
                      "`sauda up` makes it")
        : is_absent
            ? problem("environment", environment.error().text,
                      "name one that exists in " + options.var + " with --env")
            : problem("environment", environment.error().text,
                      "restore run.json from a backup; without it the services do not start"));
    return std::nullopt;
}

std::string config_of(const DoctorOptions& options,
                      const std::optional<service::Environment>& environment) {
    if (!options.config.empty()) {
        return options.config;
    }
    return environment ? environment->config : default_config();
}

int print_parameters(const std::string& config) {
    const auto bots = bots_of(config);
    const auto keys = keys_text(config);
    if (!bots || !keys) {
        std::fprintf(stderr, "sauda: %s\n", (bots ? keys.error() : bots.error()).text.c_str());
        return 1;
    }
    std::printf("%s\n\n%s%s", config.c_str(), parameters_text(*bots).c_str(), keys->c_str());
    return 0;
}

}  // namespace

std::string findings_text(const Findings& findings) {
    std::string text;
    for (const auto health : {Health::Ok, Health::Warning, Health::Problem}) {
        for (const auto& finding : findings) {
            text += finding.health == health ? line(finding) : "";
        }
    }
    const auto problems = count_of(findings, Health::Problem);
    const auto warnings = count_of(findings, Health::Warning);
    const auto number = [](int64_t n, const char* word) {
        return std::to_string(n) + " " + word + (n == 1 ? "" : "s");
    };
    return text + "\n" +
           (problems == 0   ? "Nothing stands in the way"
            : problems == 1 ? "1 problem must be solved first"
                            : number(problems, "problem") + " must be solved first") +
           (warnings > 0 ? "; " + number(warnings, "warning") : "") + ".\n";
}

int doctor(const DoctorOptions& options) {
    Findings findings;
    const auto environment = find_environment(options, findings);
    const auto config = config_of(options, environment);
    if (options.parameters) {
        return print_parameters(config);
    }
    append(findings, look_at_settings(config));
    append(findings, look_at_rules(config, environment ? environment->rules : default_rules(),
                                   base::ist_date(system_time())));
    append(findings, look_at_clock(environment ? environment->directory : std::string()));
    append(findings, look_at_disk(options.var));
    append(findings, look_at_limits());
    append(findings, look_at_programs());
    if (environment) {
        append(findings, look_at_hash(*environment));
        append(findings, look_at_databases(*environment));
        append(findings, look_at_sockets(*environment));
        append(findings, look_at_services(*environment));
    }
    std::fputs(findings_text(findings).c_str(), stdout);
    return exit_code(findings);
}

}  // namespace sauda::cli
