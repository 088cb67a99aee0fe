#include "common/service/program.h"
#include "services/strategy/shell/strategy_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::Strategy,
                                       sauda::strategy::make_strategy);
}
