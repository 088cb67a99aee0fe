#pragma once

#include <string>
#include <string_view>

namespace sauda::service {

enum class LogLevel { Debug, Info, Warning, Error };

// Topics are files of their own: system, market_data, trade, risk, error.
class Log {
 public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view topic, std::string_view text) = 0;

    void info(std::string_view topic, std::string_view text) { write(LogLevel::Info, topic, text); }
    void warn(std::string_view topic, std::string_view text) {
        write(LogLevel::Warning, topic, text);
    }
    void error(std::string_view topic, std::string_view text) {
        write(LogLevel::Error, topic, text);
    }
};

}  // namespace sauda::service
