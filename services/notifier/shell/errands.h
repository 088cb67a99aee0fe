#pragma once

#include "common/domain/alert.h"
#include "common/service/log.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace sauda::service {
class Host;
}

namespace sauda::notifier {

// What other threads ask the host's thread to do for them, because it alone owns store, log and
// core.
class Errands {
 public:
    // From any thread. Blocks until it is committed; false: it was not, act as if it never was.
    bool remember(std::map<std::string, std::string> what);
    void raise(domain::Alert alert);
    void log(service::LogLevel level, std::string text);

    // On the host's thread.
    void run(service::Host& host);
    // Nobody waits any more.
    void close();

 private:
    struct Request {
        std::map<std::string, std::string> what;
        bool* done = nullptr;  // of the waiting thread
        bool* ok = nullptr;
    };
    std::mutex mutex_;
    std::condition_variable answered_;
    std::vector<Request> requests_;
    std::vector<domain::Alert> alerts_;
    std::vector<std::pair<service::LogLevel, std::string>> lines_;
    bool is_closed_ = false;
};

// Commits what the notifier's shell remembers. False: not now (disk full); the log says it.
bool remember(service::Host& host, std::map<std::string, std::string> what);
// Makes an alert an input of the core. Before the first session there is no time to do it at, so
// it only stands in the log.
void raise(service::Host& host, domain::Alert alert);

}  // namespace sauda::notifier
