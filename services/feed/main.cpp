#include "common/service/program.h"
#include "services/feed/shell/feed_service.h"

int main(int argc, char** argv) {
    return sauda::service::run_service(argc, argv, sauda::domain::Service::Feed,
                                       sauda::feed::make_feed);
}
