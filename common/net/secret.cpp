#include "common/net/secret.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace sauda::net {

namespace {

base::Expected<Secret> read_file(const std::string& name, const std::string& path) {
    constexpr std::size_t kSecretBytesMax = 4096;
    std::ifstream in(path);
    std::string line;
    if (!in || !std::getline(in, line)) {
        return base::fail(base::ErrorKind::NotFound,
                          name + "_FILE names " + path + ", which cannot be read or is empty");
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
        line.pop_back();
    }
    if (line.empty() || line.size() > kSecretBytesMax) {
        return base::fail(base::ErrorKind::Invalid, "the first line of " + path + " (" + name +
                                                        "_FILE) is empty or too long");
    }
    return Secret(line);
}

base::Expected<Secret> checked(const std::string& name, base::Expected<Secret> secret) {
    if (!secret) {
        return secret;
    }
    const auto& text = secret->reveal();
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; })) {
        return base::fail(base::ErrorKind::Invalid,
                          name + " holds a control character; it must be one line of text");
    }
    return secret;
}

}  // namespace

std::string Secret::hide_in(std::string text) const {
    for (auto at = text_.empty() ? std::string::npos : text.find(text_); at != std::string::npos;
         at = text.find(text_, at)) {
        text.replace(at, text_.size(), "***");
        at += 3;
    }
    return text;
}

base::Expected<Secret> read_secret(const std::string& name) {
    const char* text = std::getenv(name.c_str());
    const char* path = std::getenv((name + "_FILE").c_str());
    const bool has_text = text != nullptr && *text != '\0';
    const bool has_path = path != nullptr && *path != '\0';
    if (has_text && has_path) {
        return base::fail(base::ErrorKind::Invalid,
                          name + " and " + name + "_FILE are both set; set one of them");
    }
    if (has_path) {
        return checked(name, read_file(name, path));
    }
    return checked(name, Secret(has_text ? text : ""));
}

}  // namespace sauda::net
