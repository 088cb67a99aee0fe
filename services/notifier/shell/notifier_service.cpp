#include "services/notifier/shell/notifier_service.h"

#include "common/service/host.h"
#include "common/wire/codec.h"
#include "common/wire/describe.h"
#include "common/wire/format.h"
#include "services/notifier/core/notifier_core.h"

#include <cstdio>
#include <filesystem>
#include <set>

namespace sauda::notifier {

namespace {

// Writes each delivery after its commit. A kill between commit and write is made good at the next
// start: the last deliveries are written again unless the file already holds their event id, so an
// event is told at least once and at most once more.
class Channels : public service::Extension {
 public:
    explicit Channels(std::string path) : path_(std::move(path)) {}

    void on_ready(service::Host& host) override {
        constexpr uint32_t kLookBack = 64;
        const auto stream = domain::StreamId::NotifierDelivery;
        for (const auto& end : host.stream_ends()) {
            if (end.stream != stream || end.last_seq == 0) {
                continue;
            }
            const uint64_t from = end.last_seq > kLookBack ? end.last_seq - kLookBack + 1 : 1;
            const auto told = read_told();
            for (const auto& row :
                 host.store().outbox(static_cast<uint16_t>(stream), from, kLookBack, UINT64_MAX)) {
                auto decoded = wire::decode(stream, row.schema, row.payload);
                if (decoded) {
                    write(*std::get_if<domain::Delivery>(&decoded->payload), decoded->meta, told);
                }
            }
        }
    }

    void after_commit(service::Host& /*host*/,
                      const std::vector<kernel::Output>& outputs) override {
        for (const auto& output : outputs) {
            if (const auto* delivery = std::get_if<domain::Delivery>(&output.message.payload)) {
                write(*delivery, output.message.meta, {});
            }
        }
    }

 private:
    static std::string id_of(const domain::Delivery& delivery) {
        return domain::topic_of(static_cast<domain::StreamId>(delivery.stream)) +
               std::to_string(delivery.seq);
    }

    void write(const domain::Delivery& delivery, const domain::Meta& meta,
               const std::set<std::string>& told) {
        const auto id = id_of(delivery);
        if (delivery.grouped == 0 || told.contains(id)) {
            return;
        }
        const auto line = wire::ist_clock(meta.event_time) + "  " +
                          std::string(wire::text_of(delivery.severity)) + "  " + delivery.text +
                          "  [" + id + "]\n";
        if (delivery.channel == "console") {
            std::fputs(line.c_str(), stdout);
            std::fflush(stdout);
        } else if (delivery.channel == "file") {
            if (std::FILE* file = std::fopen(path_.c_str(), "a")) {
                std::fputs(line.c_str(), file);
                std::fclose(file);
            }
        }
    }

    std::set<std::string> read_told() const {
        std::set<std::string> told;
        std::FILE* file = std::fopen(path_.c_str(), "r");
        if (file == nullptr) {
            return told;
        }
        char buffer[4096];
        while (std::fgets(buffer, sizeof buffer, file) != nullptr) {
            const std::string line = buffer;
            const auto open = line.rfind('[');
            const auto close = line.rfind(']');
            if (open != std::string::npos && close != std::string::npos && close > open) {
                told.insert(line.substr(open + 1, close - open - 1));
            }
        }
        std::fclose(file);
        return told;
    }

    std::string path_;
};

}  // namespace

base::Expected<service::Parts> make_notifier(const service::Ingredients& ingredients) {
    const auto path =
        std::filesystem::path(ingredients.environment.directory) / "logs" / "alerts.txt";
    return service::Parts{
        .core = std::make_unique<NotifierCore>(
            NotifierConfig{},
            [](const domain::Message& message) { return wire::describe(message); }),
        .extension = std::make_unique<Channels>(path.string())};
}

}  // namespace sauda::notifier
