#include "common/service/program.h"
#include "services/risk/shell/risk_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::Risk,
                                       sauda::risk::make_risk);
}
