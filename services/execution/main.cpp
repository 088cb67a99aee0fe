#include "common/service/program.h"
#include "services/execution/shell/execution_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::Execution,
                                       sauda::execution::make_execution);
}
