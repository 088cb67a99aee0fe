#include "common/service/log_files.h"

#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <filesystem>
#include <map>

namespace sauda::service {

namespace {

constexpr int kDaysKept = 30;

class LogFiles : public Log {
 public:
    LogFiles(std::string service, std::string directory, bool is_on_console)
        : service_(std::move(service)), directory_(std::move(directory)) {
        is_json_ = std::getenv("SAUDA_LOG_JSON") != nullptr;
        if (is_on_console) {
            console_ = std::make_shared<spdlog::sinks::stdout_sink_mt>();
        }
        all_ = file("");
    }

    void write(LogLevel level, std::string_view topic, std::string_view text) override {
        const auto name = std::string(topic);
        auto& logger = loggers_[name];
        if (!logger) {
            std::vector<spdlog::sink_ptr> sinks{all_, file("-" + name)};
            if (console_) {
                sinks.push_back(console_);
            }
            logger = std::make_shared<spdlog::logger>(service_, sinks.begin(), sinks.end());
            logger->set_pattern(is_json_ ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","service":"%n",)"
                                           R"("level":"%l",%v})"
                                         : "%Y-%m-%d %H:%M:%S.%e %-8n %^%-7l%$ %v");
            logger->flush_on(spdlog::level::info);
        }
        logger->log(to_spdlog(level), "{}", is_json_ ? json(name, text) : std::string(text));
    }

 private:
    static spdlog::level::level_enum to_spdlog(LogLevel level) {
        switch (level) {
            case LogLevel::Debug:
                return spdlog::level::debug;
            case LogLevel::Info:
                return spdlog::level::info;
            case LogLevel::Warning:
                return spdlog::level::warn;
            case LogLevel::Error:
                return spdlog::level::err;
        }
        return spdlog::level::info;
    }

    static std::string json(const std::string& topic, std::string_view text) {
        std::string out = "\"topic\":\"" + topic + "\",\"text\":\"";
        for (const char c : text) {
            if (c == '"' || c == '\\') {
                out += '\\';
                out += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                out += ' ';
            } else {
                out += c;
            }
        }
        return out + "\"";
    }

    spdlog::sink_ptr file(const std::string& suffix) {
        const auto path = std::filesystem::path(directory_) / (service_ + suffix + ".log");
        return std::make_shared<spdlog::sinks::daily_file_sink_mt>(path.string(), 0, 0, false,
                                                                   kDaysKept);
    }

    std::string service_;
    std::string directory_;
    bool is_json_ = false;
    spdlog::sink_ptr console_;
    spdlog::sink_ptr all_;
    std::map<std::string, std::shared_ptr<spdlog::logger>> loggers_;
};

}  // namespace

std::unique_ptr<Log> open_log(const std::string& service, const std::string& directory,
                              bool is_on_console) {
    std::filesystem::create_directories(directory);
    return std::make_unique<LogFiles>(service, directory, is_on_console);
}

}  // namespace sauda::service
