#include "common/service/program.h"
#include "services/ml_signal/shell/ml_signal_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::MlSignal,
                                       sauda::ml_signal::make_ml_signal);
}
