#include "common/options/deterministic_math.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <string>

using namespace sauda::options;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double ulp_of(double value) {
    const double size = std::max(std::abs(value), std::numeric_limits<double>::min());
    return std::nextafter(size, kInfinity) - size;
}

struct Worst {
    double error = 0;
    double at = 0;
    int cases = 0;
};

using Function = double (*)(double);

double erfcx_left(double x) { return erfcx_of(x); }

// Worst error of each function against the table mpmath made.
std::map<std::string, Worst> errors_against_oracle(bool in_ulp) {
    const std::map<std::string, Function> functions = {{"exp", exp_of},
                                                       {"log", log_of},
                                                       {"erfc", erfc_of},
                                                       {"erfcx", erfcx_of},
                                                       {"erfcx<0", erfcx_left},
                                                       {"density", normal_density},
                                                       {"cdf", normal_cdf},
                                                       {"quantile", normal_quantile},
                                                       {"quantile tail", normal_quantile}};
    std::ifstream in(std::string(std::getenv("SAUDA_SOURCE_DIR")) +
                     "/tests/data/oracles/deterministic_math.csv");
    std::map<std::string, Worst> worst;
    std::string name;
    std::string argument;
    std::string value;
    while (std::getline(in, name, ',') && std::getline(in, argument, ',') &&
           std::getline(in, value)) {
        const double x = std::strtod(argument.c_str(), nullptr);
        const double expected = std::strtod(value.c_str(), nullptr);
        if (name == "erfcx" && x < 0) {
            name = "erfcx<0";
        }
        if (name == "quantile" && std::abs(x - 0.5) > 0.425) {
            name = "quantile tail";
        }
        const double difference = std::abs(functions.at(name)(x) - expected);
        const double scale = in_ulp ? ulp_of(expected) : std::abs(expected);
        const double error = difference == 0 ? 0 : difference / scale;
        Worst& entry = worst[name];
        ++entry.cases;
        if (!(error <= entry.error)) {
            entry.error = error;
            entry.at = x;
        }
    }
    return worst;
}

void check_worst(const Worst& worst, double bound) {
    CAPTURE(worst.at, worst.error);
    CHECK(worst.cases > 100);
    CHECK(worst.error <= bound);
}

}  // namespace

TEST_CASE("exp, log, erfc and erfcx are within their ulps of the true value") {
    auto worst = errors_against_oracle(true);
    // The oracle's own rounding is half an ulp.
    check_worst(worst["exp"], 1.0);
    check_worst(worst["log"], 1.0);
    check_worst(worst["erfc"], 1.5);
    check_worst(worst["erfcx"], 1.5);
    check_worst(worst["erfcx<0"], 2.5);
}

TEST_CASE("the normal distribution is exact to 1e-15 of its value, deep in the left tail too") {
    auto worst = errors_against_oracle(false);
    check_worst(worst["density"], 1e-15);
    check_worst(worst["cdf"], 1e-15);
    check_worst(worst["quantile"], 1e-15);
    // Its last step, by the distribution function, makes it nearly exact: an ulp at most.
    check_worst(worst["quantile tail"], 2.3e-16);
}

TEST_CASE("the functions of deterministic_math have their limits") {
    CHECK(exp_of(1000) == kInfinity);
    CHECK(exp_of(-1000) == 0);
    CHECK(exp_of(0) == 1);
    CHECK(log_of(1) == 0);
    CHECK(log_of(0) == -kInfinity);
    CHECK(std::isnan(log_of(-1)));
    CHECK(erfc_of(kInfinity) == 0);
    CHECK(erfcx_of(0) == 1);
    CHECK(erfcx_of(-27) == kInfinity);
    CHECK(erfcx_of(-kInfinity) == kInfinity);
    CHECK(erfcx_of(kInfinity) == 0);
    CHECK(normal_cdf(0) == 0.5);
    CHECK(normal_cdf(-kInfinity) == 0);
    CHECK(normal_cdf(kInfinity) == 1);
    CHECK(normal_cdf(-40) == 0);
    CHECK(normal_density(kInfinity) == 0);
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0) == -kInfinity);
    CHECK(normal_quantile(1) == kInfinity);
    for (const double bad : {-0.1, 1.1, kInfinity, std::nan("")}) {
        CHECK(std::isnan(normal_quantile(bad)));
    }
    for (const Function function :
         {exp_of, log_of, erfc_of, erfcx_of, normal_density, normal_cdf, normal_quantile}) {
        CHECK(std::isnan(function(std::nan(""))));
    }
}

TEST_CASE("a power is what repeated multiplication gives") {
    CHECK(power_of(2, 10) == Approx(1024).epsilon(1e-14));
    CHECK(power_of(1.05, 7) ==
          Approx(1.05 * 1.05 * 1.05 * 1.05 * 1.05 * 1.05 * 1.05).epsilon(1e-14));
    CHECK(power_of(9, 0.5) == Approx(3).epsilon(1e-15));
    CHECK(power_of(5, 0) == 1);
}

TEST_CASE("the normal distribution function never falls") {
    double before = 0;
    for (int i = -4000; i <= 1000; ++i) {
        const double now = normal_cdf(i * 0.01);
        CHECK(now >= before);
        before = now;
    }
}

TEST_CASE("the quantile of the normal distribution undoes its distribution function") {
    for (int i = -3700; i <= 0; i += 7) {
        const double x = i * 0.01;
        CAPTURE(x);
        CHECK(normal_quantile(normal_cdf(x)) == Approx(x).epsilon(1e-14).margin(1e-15));
    }
}
