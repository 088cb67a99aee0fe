#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace sauda::cli {

enum class Health : uint8_t { Ok, Warning, Problem };

// What the doctor found at one place. `remedy` says what to do; empty where all is well.
struct Finding {
    Health health = Health::Ok;
    std::string subject;  // a word or two: "disk", "feed"
    std::string text;
    std::string remedy;
};
using Findings = std::vector<Finding>;

inline Finding ok(std::string subject, std::string text) {
    return {Health::Ok, std::move(subject), std::move(text), {}};
}
inline Finding warning(std::string subject, std::string text, std::string remedy) {
    return {Health::Warning, std::move(subject), std::move(text), std::move(remedy)};
}
inline Finding problem(std::string subject, std::string text, std::string remedy) {
    return {Health::Problem, std::move(subject), std::move(text), std::move(remedy)};
}

inline void append(Findings& to, Findings from) {
    for (auto& finding : from) {
        to.push_back(std::move(finding));
    }
}
inline int64_t count_of(const Findings& findings, Health health) {
    return std::count_if(findings.begin(), findings.end(),
                         [&](const Finding& finding) { return finding.health == health; });
}
// 0 without a problem, else 1.
inline int exit_code(const Findings& findings) {
    return count_of(findings, Health::Problem) == 0 ? 0 : 1;
}

}  // namespace sauda::cli
