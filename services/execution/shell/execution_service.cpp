#include "services/execution/shell/execution_service.h"

#include "common/service/host.h"
#include "services/execution/core/execution_core.h"
#include "services/execution/shell/settings.h"

#include <filesystem>

namespace sauda::execution {

namespace {

// The owner's last resort: the file HALT in the environment's folder latches execution, whatever
// else works or does not. Looked at every 100 ms. Taking it away does not resume; `sauda resume`
// does.
class HaltFile : public service::Extension {
 public:
    explicit HaltFile(std::string path) : path_(std::move(path)) {}

    bool on_cycle(service::Host& host) override {
        constexpr int64_t kEveryNs = 100'000'000;
        const int64_t now = host.clock().monotonic_ns();
        if (now - looked_at_ns_ < kEveryNs) {
            return true;
        }
        looked_at_ns_ = now;
        std::error_code error;
        const bool is_there = std::filesystem::exists(path_, error);
        if (is_there && !was_there_ && host.participant().last_now().is_set()) {
            was_there_ = true;
            host.log().warn("trade", "the file " + path_ + " is there: halted");
            host.inject(domain::operator_stream(domain::Service::Execution),
                        domain::OperatorCommand{.act = domain::OperatorAct::Halt,
                                                .by = "file HALT",
                                                .target = {},
                                                .parameter = {},
                                                .value = 0,
                                                .note = "the file HALT is there"});
        } else if (!is_there) {
            was_there_ = false;
        }
        return true;
    }

 private:
    std::string path_;
    int64_t looked_at_ns_ = 0;
    bool was_there_ = false;
};

}  // namespace

base::Expected<service::Parts> make_execution(const service::Ingredients& ingredients) {
    auto config = read_settings(ingredients.settings, ingredients.database_id,
                                ingredients.environment.window);
    if (!config) {
        return std::unexpected(config.error());
    }
    const auto halt = std::filesystem::path(ingredients.environment.directory) / "HALT";
    return service::Parts{
        .core = std::make_unique<ExecutionCore>(std::move(*config), ingredients.rules),
        .extension = std::make_unique<HaltFile>(halt.string())};
}

}  // namespace sauda::execution
