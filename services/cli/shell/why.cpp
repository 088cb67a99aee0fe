#include "services/cli/shell/why.h"

#include "common/service/environment.h"
#include "services/cli/shell/doctor_bots.h"
#include "services/cli/shell/why_text.h"
#include "services/recorder/shell/archive.h"
#include "services/recorder/shell/run_report.h"
#include "services/strategy/shell/settings.h"

#include <cstdio>
#include <filesystem>

namespace sauda::cli {

namespace {

int complain(const std::string& text) {
    std::fprintf(stderr, "sauda: %s\n", text.c_str());
    return 1;
}

base::Expected<StoryBook> read_archive(const service::Environment& environment) {
    const auto folder =
        (std::filesystem::path(environment.directory) / "recorder" / "archive").string();
    const auto segments = recorder::Archive::segments(folder);
    if (segments.empty()) {
        return base::fail(base::ErrorKind::NotFound,
                          "nothing is recorded in " + folder + " yet. `sauda status --env " +
                              environment.name + "` says whether the recorder runs.");
    }
    StoryBook book;
    const auto told = recorder::for_each_message(
        segments, environment.window, [&](const domain::Message& message) { book.add(message); });
    if (!told) {
        return base::fail(told.error().kind, "the archive in " + folder +
                                                 " cannot be told: " + told.error().text +
                                                 ". `sauda inspect` shows its files.");
    }
    return book;
}

// Only to say what a bot does; a configuration that cannot be read is the doctor's matter.
std::map<std::string, std::string> words_of(const service::Environment& environment) {
    const auto settings = settings::Settings::load(environment.config);
    if (!settings) {
        return {};
    }
    const auto config = strategy::read_settings(*settings);
    return config ? bot_words(*config) : std::map<std::string, std::string>();
}

}  // namespace

int why(const WhyOptions& options) {
    const auto reference = parse_reference(options.order);
    if (!options.order.empty() && !reference) {
        return complain("'" + options.order +
                        "' is no order. Say G1.0.0.0 for an order, G1 for a trade, I7 for an "
                        "intent, D7 for a decision.");
    }
    const auto environment = service::load_environment(options.var, options.environment);
    if (!environment) {
        return complain(environment.error().text);
    }
    const auto book = read_archive(*environment);
    if (!book) {
        return complain(book.error().text);
    }
    if (options.denied || options.order.empty()) {
        const auto text = options.denied ? denied_text(*book) : list_text(*book);
        std::fputs(text.c_str(), stdout);
        return 0;
    }
    const auto group = book->group_of(*reference);
    if (!group) {
        return complain(group.error().text);
    }
    const Words words{*book, words_of(*environment)};
    std::fputs(story_text(*book->find(*group), words, reference->order).c_str(), stdout);
    return 0;
}

}  // namespace sauda::cli
