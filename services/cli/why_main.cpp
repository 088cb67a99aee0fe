#include "services/cli/shell/why.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
    CLI::App app{
        "Why was this order sent, and what became of it? Without ORDER: all trades, one "
        "line each.",
        "sauda why"};
    sauda::cli::WhyOptions options;
    app.add_option("ORDER", options.order,
                   "G1.0.0.0 an order, G1 a trade, I7 an intent, D7 a decision, 7 any of them");
    app.add_option("--env", options.environment, "environment")
        ->envname("SAUDA_ENV")
        ->capture_default_str();
    app.add_option("--var", options.var, "folder of the environments")
        ->envname("SAUDA_VAR")
        ->capture_default_str();
    app.add_flag("--denied", options.denied, "list what was denied or skipped, with the reasons");
    CLI11_PARSE(app, argc, argv);
    return sauda::cli::why(options);
}
