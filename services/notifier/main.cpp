#include "common/service/program.h"
#include "services/notifier/shell/notifier_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::Notifier,
                                       sauda::notifier::make_notifier);
}
