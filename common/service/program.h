#pragma once

#include "common/base/clock.h"
#include "common/bus/transport.h"
#include "common/domain/core.h"
#include "common/domain/market_rules.h"
#include "common/service/environment.h"
#include "common/service/extension.h"
#include "common/service/log.h"
#include "common/settings/settings.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sauda::service {

// What a service is made of, beside what all share.
struct Parts {
    std::unique_ptr<domain::Core> core;
    std::unique_ptr<Extension> extension;
};

// What a service gets to make itself from.
struct Ingredients {
    Environment environment;
    settings::Settings settings;
    std::shared_ptr<const domain::MarketRules> rules;
    std::string database_id;
    std::vector<domain::Underlying> underlyings;
};
using MakeParts = std::function<base::Expected<Parts>(const Ingredients&)>;

// A running program's surroundings, for those that are no Host.
struct Surroundings {
    const Ingredients& ingredients;
    bus::Transport& transport;
    store::Store& store;
    base::Clock& clock;
    Log& log;
    std::function<bool()> is_stopping;
};
using Body = std::function<int(Surroundings&)>;

// Loads environment, configuration and rules; says which file and line is wrong.
base::Expected<Ingredients> load_ingredients(const std::string& var, const std::string& name,
                                             bool accept_config);

// The same from an environment at hand; nothing is checked against run.json.
base::Expected<Ingredients> gather(Environment environment);

// The main function of a service:
//   sauda-<service> --env NAME [--var DIR] [--accept-config] [--quiet]
// Runs until SIGTERM or SIGINT. Exit codes: 0 stopped in order, 64 bad arguments, 75 another copy
// runs, 78 configuration, 1 anything else; one sentence on standard error says why.
int run_service(int argc, char** argv, domain::Service self, const MakeParts& make);

// As run_service for a service with a loop of its own (the recorder).
int run_program(int argc, char** argv, domain::Service self,
                const std::function<base::Expected<Body>(const Ingredients&)>& make);

// The id other services know the execution database of this run by.
std::string database_id_of(uint64_t run, domain::Service service);

}  // namespace sauda::service
