#include "services/cli/shell/chain_reading.h"

#include "common/market/load_rules.h"
#include "common/recording/source_recording.h"
#include "common/wire/format.h"
#include "services/cli/shell/session.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace sauda::cli {

using base::ErrorKind;
using base::Expected;
using base::fail;
using base::Timestamp;
namespace fs = std::filesystem;

namespace {

// Two digits at `at`; -1: something else stands there.
int two_digits(const std::string& text, std::size_t at) {
    const auto digit = [&](std::size_t i) { return i < text.size() ? text[i] - '0' : -1; };
    const int high = digit(at);
    const int low = digit(at + 1);
    return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
}

std::string range_text(Timestamp first, Timestamp last) {
    return wire::ist_clock(first) + " to " + wire::ist_clock(last);
}

Expected<recording::SourceRecording> open_recording(const std::string& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        return fail(ErrorKind::NotFound, "there is no file " + path);
    }
    auto opened = recording::SourceRecording::open(path);
    if (opened) {
        return opened;
    }
    const auto what = what_file_is(path);
    return what.empty() ? std::unexpected(opened.error())
                        : base::Expected<recording::SourceRecording>(fail(
                              ErrorKind::Invalid, path + " is no Sauda recording: it is " + what));
}

// Quotes of the one underlying the recording is about, in the order they became known.
class Reader {
 public:
    Reader(ChainReading& reading, recording::SourceRecording& source)
        : reading_(reading), source_(source) {}

    // Everything known at `until` or before.
    Expected<void> read(Timestamp until) {
        recording::SourceMessage message;
        while (true) {
            const auto more = source_.next(message);
            if (!more) {
                return std::unexpected(more.error());
            }
            if (!*more || message.known_time > until) {
                next_ = *more ? message.known_time : Timestamp{};
                return {};
            }
            first_ = first_.is_set() ? first_ : message.known_time;
            const auto* batch = std::get_if<domain::QuoteBatch>(&message.decoded.payload);
            if (message.refused.empty() && batch != nullptr) {
                take(*batch, message.known_time);
            }
        }
    }
    [[nodiscard]] Timestamp first() const { return first_.is_set() ? first_ : next_; }

 private:
    void take(const domain::QuoteBatch& batch, Timestamp known) {
        if (batch.underlying != reading_.source.underlying) {
            return;
        }
        for (const auto& quote : batch.quotes) {
            const auto contract = quote.contract;
            if (contract.is_option() && seen_.insert(contract.expiry()).second) {
                if (const auto rule = reading_.rules.instrument(contract, reading_.source.date)) {
                    reading_.state.take(*rule);
                }
            }
        }
        reading_.state.update(batch, known);
        reading_.known = known;
        reading_.quotes += batch.quotes.size();
    }
    ChainReading& reading_;
    recording::SourceRecording& source_;
    std::set<domain::Date> seen_;
    Timestamp first_;
    Timestamp next_;  // first one after `until`
};

chain::ChainConfig config_of(double rate, const recording::SourceDescription& source) {
    chain::ChainConfig config;
    config.rate = rate;
    config.quote_life = std::max(recording::stale_limit_of(source), base::minutes(5));
    config.grid = base::seconds(7 * 86'400);  // looked at once, at the end
    return config;
}

// Makes the source one of the underlying asked for, if the recording has it.
Expected<void> choose_underlying(const std::string& asked, const recording::SourceRecording& file,
                                 recording::SourceDescription& source) {
    if (asked.empty()) {
        return {};
    }
    const auto underlying = domain::parse_underlying(asked);
    std::string listed;
    for (int number = 1; number <= static_cast<int>(domain::Underlying::INDIAVIX); ++number) {
        const auto one = static_cast<domain::Underlying>(number);
        const auto& streams = file.streams();
        if (std::find(streams.begin(), streams.end(), domain::market_data_stream(one)) ==
            streams.end()) {
            continue;
        }
        if (underlying && *underlying == one) {
            source.underlying = one;
            source.exchange = domain::exchange_of(one);
            return {};
        }
        listed += (listed.empty() ? "" : ", ") + std::string(domain::to_text(one));
    }
    return fail(ErrorKind::NotFound, "the recording has no " + asked + "; it has " + listed);
}

// The end of the recording where it says so and nothing else was asked for.
Expected<Timestamp> moment_of(const ChainRequest& request,
                              const recording::SourceDescription& source) {
    if (request.at.empty()) {
        return Timestamp::max();
    }
    const auto at = parse_clock(source.date, request.at);
    if (!at) {
        return fail(ErrorKind::Invalid,
                    "'" + request.at + "' is no time of day like 11:00 or 11:00:30");
    }
    const auto outside = [&] {
        return fail(ErrorKind::Invalid, request.recording + " knows nothing at " +
                                            wire::ist_clock(*at) + ": it goes from " +
                                            range_text(source.first, source.last) + " of " +
                                            wire::ist_date_text(source.date));
    };
    if (source.first.is_set() && *at < source.first) {
        return outside();
    }
    const auto tolerance = recording::stale_limit_of(source);
    if (source.last.is_set() && *at > source.last + tolerance) {
        return outside();
    }
    return *at;
}

}  // namespace

std::optional<Timestamp> parse_clock(base::Date day, const std::string& text) {
    const bool has_seconds = text.size() == 8;
    if ((text.size() != 5 && !has_seconds) || text[2] != ':' || (has_seconds && text[5] != ':')) {
        return std::nullopt;
    }
    const int hours = two_digits(text, 0);
    const int minutes = two_digits(text, 3);
    const int seconds = has_seconds ? two_digits(text, 6) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) {
        return std::nullopt;
    }
    return base::ist(day, base::seconds(hours * 3600 + minutes * 60 + seconds));
}

std::string what_file_is(const std::string& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return "a folder";
    }
    std::ifstream in(path, std::ios::binary);
    std::string head(512, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in.gcount())));
    if (head.empty()) {
        return "empty";
    }
    const std::string import = "; `sauda import` makes a recording of a chain in CSV";
    if (head.starts_with("\x28\xB5\x2F\xFD")) {
        return "a file compressed with zstd" + import;
    }
    if (head.starts_with("\x1F\x8B")) {
        return "a file compressed with gzip" + import;
    }
    if (head.starts_with("SQLite format 3")) {
        return "a SQLite database";
    }
    const auto line = head.substr(0, head.find('\n'));
    const bool is_text = std::all_of(line.begin(), line.end(), [](unsigned char c) {
        return c == '\r' || c == '\t' || (c >= ' ' && c < 0x7F);
    });
    if (is_text && line.find(',') != std::string::npos) {
        return "a text of values between commas" + import;
    }
    if (is_text) {
        return "a text that begins with '" + line.substr(0, 40) + "'";
    }
    return head.starts_with("\x89MCAP0") ? "" : "of a kind unknown here";
}

Expected<ChainReading> read_chain(const ChainRequest& request) {
    auto source = open_recording(request.recording);
    if (!source) {
        return std::unexpected(source.error());
    }
    auto rules = market::load_rules(request.rules.empty() ? default_rules() : request.rules);
    if (!rules) {
        return std::unexpected(rules.error());
    }
    const auto at = moment_of(request, source->source());
    if (!at) {
        return std::unexpected(at.error());
    }
    auto described = source->source();
    if (auto chosen = choose_underlying(request.underlying, *source, described); !chosen) {
        return std::unexpected(chosen.error());
    }
    const double rate = request.rate_percent / 100.0;
    ChainReading reading{described, std::move(*rules),
                         *at,       {},
                         rate,      chain::ChainState(config_of(rate, source->source())),
                         0};
    Reader reader(reading, *source);
    if (auto done = reader.read(*at); !done) {
        return std::unexpected(done.error());
    }
    if (!reading.known.is_set()) {
        return fail(ErrorKind::Invalid, request.recording + " begins at " +
                                            wire::ist_clock(reader.first()) +
                                            ": choose a later time");
    }
    // What is known is as old as the newest quote; a later `at` only tells how old that is.
    reading.at = *at == Timestamp::max() ? reading.known : *at;
    reading.state.refresh(reading.known);
    return reading;
}

Expected<domain::Date> find_expiry(const ChainReading& reading, const std::string& text) {
    if (text == "nearest") {
        if (const auto found = reading.state.nearest(reading.known)) {
            return *found;
        }
    }
    std::string listed;
    const auto asked = domain::parse_date(text);
    for (const auto date : reading.state.expiries()) {
        if (asked && *asked == date) {
            return date;
        }
        listed += (listed.empty() ? "" : ", ") + domain::to_text(date);
    }
    if (listed.empty()) {
        return fail(ErrorKind::NotFound, reading.source.name + " has no option quotes at " +
                                             wire::ist_clock(reading.at));
    }
    if (!asked && text != "nearest") {
        return fail(ErrorKind::Invalid,
                    "'" + text + "' is no expiry: say nearest, or one of " + listed);
    }
    return fail(ErrorKind::NotFound,
                "no options of the expiry " + text + " are quoted; there are " + listed);
}

}  // namespace sauda::cli
