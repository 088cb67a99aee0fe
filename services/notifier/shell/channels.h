#pragma once

#include "services/notifier/shell/carrier.h"
#include "services/notifier/shell/settings.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sauda::notifier {

// One receiver of one channel. `name` is what the notifier remembers it by: "telegram/-100123".
struct Receiver {
    std::string name;
    std::string channel;
    Lane::MakeCarrier make;
};

// The receivers of the channels that leave the machine. moved(name): where the receiver has moved
// to since the configuration was written, empty if it has not.
std::vector<Receiver> receivers_of(const NotifierSettings& settings, const NotifierSecrets& secrets,
                                   const std::string& environment, const std::string& directory,
                                   const std::function<std::string(const std::string&)>& moved);

// The line of a message on the console and in alerts.txt, with its line break.
std::string printed(const Line& line);
std::unique_ptr<Carrier> make_console();
// Appends; a line that stands in the last part of the file is not written again.
std::unique_ptr<Carrier> make_file(const std::string& path);

}  // namespace sauda::notifier
