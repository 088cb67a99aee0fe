#include "common/service/program.h"
#include "services/recorder/shell/recorder.h"

int main(int argc, char** argv) {
    using namespace sauda;
    return service::run_program(argc, argv, domain::Service::Recorder,
                                [](const service::Ingredients&) -> base::Expected<service::Body> {
                                    return service::Body([](service::Surroundings& around) {
                                        return recorder::Recorder(around).run();
                                    });
                                });
}
