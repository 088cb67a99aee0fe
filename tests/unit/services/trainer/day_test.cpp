#include "common/market/load_rules.h"
#include "common/recording/session_recording.h"
#include "common/service/wiring.h"
#include "common/simulation/simulated_exchange.h"
#include "services/feed/core/feed_core.h"
#include "services/lab/core/lab_run.h"
#include "services/ml_signal/core/ml_signal_core.h"
#include "services/trainer/shell/train_day.h"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>

namespace sauda::trainer {

namespace {

namespace fs = std::filesystem;
using namespace domain;

const Date kDate = base::date_of(2026, 11, 18);

std::shared_ptr<const MarketRules> rules() {
    const auto* source = std::getenv("SAUDA_SOURCE_DIR");
    REQUIRE(source != nullptr);
    auto loaded = market::load_rules(std::string(source) + "/deploy/market");
    REQUIRE(loaded);
    return std::make_shared<const MarketRules>(std::move(*loaded));
}

simulation::SimulationOptions options() {
    simulation::SimulationOptions options;
    options.date = kDate;
    options.seed = 5;
    options.underlyings = {Underlying::NIFTY};
    options.snapshot = base::seconds(15);
    options.strikes_aside = 8;
    return options;
}

// A simulated day of NIFTY every 15 s, and the same as a recording.
struct Day {
    std::vector<Message> messages;
    SourceInfo info;
    fs::path file = fs::temp_directory_path() / ("sauda-day-" + std::to_string(getpid()) + ".mcap");
    explicit Day(const MarketRules& dated, bool has_depth = true) {
        auto exchange = simulation::SimulatedExchange::open(dated, options());
        REQUIRE(exchange);
        recording::SourceDescription source;
        source.name = "day";
        source.origin = Origin::Simulated;
        source.exchange = Exchange::NSE;
        source.underlying = Underlying::NIFTY;
        source.date = kDate;
        source.interval = base::seconds(15);
        source.has_depth = has_depth;
        info = recording::source_info(source);
        auto writer = recording::RecordingWriter::open(file.string(), source);
        REQUIRE(writer);
        while (auto message = exchange->next()) {
            auto& quotes = std::get<QuoteBatch>(message->payload).quotes;
            for (auto& quote : quotes) {
                if (!has_depth && quote.contract.is_option()) {
                    quote.bid = quote.ask = {};
                    quote.bid_size = quote.ask_size = {};
                }
            }
            REQUIRE(writer->write(*message));
            messages.push_back(std::move(*message));
        }
        REQUIRE(writer->close());
    }
    ~Day() {
        std::error_code error;
        fs::remove(file, error);
    }
    Day(const Day&) = delete;
    Day& operator=(const Day&) = delete;
};

class Messages : public lab::MarketData {
 public:
    explicit Messages(const Day& day) : day_(day) {}
    [[nodiscard]] const SourceInfo& info() const override { return day_.info; }
    [[nodiscard]] std::optional<Timestamp> next_time() override {
        return next_ < day_.messages.size() ? std::optional(day_.messages[next_].meta.known_time)
                                            : std::nullopt;
    }
    Message pop() override { return day_.messages[next_++]; }

 private:
    const Day& day_;
    std::size_t next_ = 0;
};

struct Live {
    ml_signal::FeatureRow features{};
    int64_t score = 0;
};

// What ml_signal makes of the day when it is run as it always is: by the scheduler.
std::map<Timestamp, Live> live_rows(const Day& day,
                                    const std::shared_ptr<const MarketRules>& dated) {
    lab::LabRun run(base::milliseconds(10), 1);
    ml_signal::MlSignalConfig config;
    config.makes_features = true;
    auto core = std::make_unique<ml_signal::MlSignalCore>(config);
    const auto& signals = *core;
    run.add(Service::Feed, std::make_unique<feed::FeedCore>(feed::FeedConfig{}, dated),
            service::inputs_of(Service::Feed, {Underlying::NIFTY}));
    run.add(Service::MlSignal, std::move(core),
            service::inputs_of(Service::MlSignal, {Underlying::NIFTY}));
    std::map<Timestamp, Live> rows;
    run.on_message = [&](const Message& message) {
        const auto* signal = std::get_if<Signal>(&message.payload);
        if (signal == nullptr || signal->underlying != Underlying::NIFTY) {
            return;
        }
        const auto* engine = signals.features(Underlying::NIFTY);
        if (engine != nullptr && engine->row() && engine->bar_start() == signal->bar_start) {
            rows[signal->bar_start + signal->bar_length] = {*engine->row(), signal->score};
        }
    };
    Messages data(day);
    run.run(data);
    return rows;
}

}  // namespace

TEST_CASE("training sees the features and the rules' scores that ml_signal has live") {
    const auto dated = rules();
    const Day day(*dated);
    const auto read = read_training_day(day.file.string(), Underlying::Unspecified, dated);
    REQUIRE(read);
    REQUIRE(read->underlying == Underlying::NIFTY);
    REQUIRE(read->origin == Origin::Simulated);
    REQUIRE(read->date == kDate);
    REQUIRE(read->lot == base::units(65));
    const auto live = live_rows(day, dated);
    REQUIRE(live.size() == read->bars);
    REQUIRE(read->rows.size() > 330);
    for (const auto& row : read->rows) {
        const auto found = live.find(row.at);
        REQUIRE(found != live.end());
        const bool is_equal =
            base::save_to_bytes(found->second.features) == base::save_to_bytes(row.features);
        REQUIRE(is_equal);
        REQUIRE(found->second.score == row.rule_score);
        REQUIRE(row.call.exit > row.at);
        REQUIRE(row.call.exit <= row.at + base::minutes(33));
    }
}

TEST_CASE("outcomes are dealt on what stood a second after the bar") {
    // The mean of buying both and of selling both is what spread and charges cost twice.
    const auto dated = rules();
    const Day day(*dated);
    const auto read = read_training_day(day.file.string(), Underlying::NIFTY, dated);
    REQUIRE(read);
    int decided = 0;
    for (const auto& row : read->rows) {
        if (row.call.exit == row.put.exit && row.call.exit == row.straddle.exit) {
            const Money both = row.call.net + row.put.net + row.straddle.net;
            REQUIRE(both.is_negative());
            REQUIRE(both > -Money::from_rupees(3'000));
            ++decided;
        }
    }
    REQUIRE(decided > 20);
}

TEST_CASE("a recording without bids and asks, or of nothing, cannot be learned from") {
    const auto dated = rules();
    const Day day(*dated, false);
    const auto read = read_training_day(day.file.string(), Underlying::NIFTY, dated);
    REQUIRE_FALSE(read);
    REQUIRE(read.error().text.find("of NIFTY with bids and asks: there is nothing") !=
            std::string::npos);
    const auto other = read_training_day(day.file.string(), Underlying::BANKNIFTY, dated);
    REQUIRE_FALSE(other);
    REQUIRE(other.error().text.find("nothing to learn from") != std::string::npos);
    REQUIRE_FALSE(read_training_day("nowhere.mcap", Underlying::NIFTY, dated));
}

}  // namespace sauda::trainer
