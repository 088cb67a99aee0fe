// The cores under the lab's scheduler: ns and allocations a quote, per service, behind a warm-up.
// bench_core RECORDING CONFIG RULES

#include "common/service/wiring.h"
#include "services/execution/shell/execution_service.h"
#include "services/feed/shell/feed_service.h"
#include "services/feed/shell/playlist.h"
#include "services/lab/shell/lab_session.h"
#include "services/ml_signal/shell/ml_signal_service.h"
#include "services/risk/shell/risk_service.h"
#include "services/strategy/shell/strategy_service.h"
#include "tests/bench/stamps.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <new>

namespace {

uint64_t allocations = 0;

}  // namespace

// NOLINTBEGIN: every allocation of the process is counted
void* operator new(std::size_t size) {
    ++allocations;
    if (void* p = std::malloc(size == 0 ? 1 : size)) {
        return p;
    }
    throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
// NOLINTEND

namespace {

using namespace sauda;
using domain::Message;
using domain::Timestamp;

struct Tally {
    uint64_t quotes = 0;
    uint64_t batches = 0;
    uint64_t quiet_batches = 0;  // that led to no event
    int64_t ns = 0;
    uint64_t allocations = 0;
    uint64_t quiet_allocations = 0;
    uint64_t events = 0;
};

class CountingEmitter : public domain::Emitter {
 public:
    CountingEmitter(domain::Emitter& inner, uint64_t& events) : inner_(inner), events_(events) {}
    void emit(domain::StreamId stream, domain::Payload payload) override {
        ++events_;
        inner_.emit(stream, std::move(payload));
    }
    void emit(domain::StreamId stream, domain::Payload payload,
              std::vector<domain::Cause> causes) override {
        ++events_;
        inner_.emit(stream, std::move(payload), std::move(causes));
    }

 private:
    domain::Emitter& inner_;
    uint64_t& events_;
};

// Passes everything on; counts observe() and decide() of market data once warm.
class CountedCore : public domain::Core {
 public:
    CountedCore(std::unique_ptr<domain::Core> inner, Tally& tally, const bool& is_warm)
        : inner_(std::move(inner)), tally_(tally), is_warm_(is_warm) {}

    void observe(const Message& input, Timestamp now) override {
        const bool counts = is_counted(input);
        const uint64_t before = allocations;
        const int64_t begun = bench::monotonic_ns();
        inner_->observe(input, now);
        observed_ns_ = bench::monotonic_ns() - begun;
        observed_allocations_ = counts ? allocations - before : 0;
    }
    void decide(const Message& input, Timestamp now, domain::Emitter& out) override {
        uint64_t events = 0;
        CountingEmitter counting(out, events);
        const uint64_t before = allocations;
        const int64_t begun = bench::monotonic_ns();
        inner_->decide(input, now, counting);
        const int64_t ns = bench::monotonic_ns() - begun + observed_ns_;
        const uint64_t made = allocations - before + observed_allocations_;
        if (!is_counted(input)) {
            return;
        }
        tally_.quotes += std::get<domain::QuoteBatch>(input.payload).quotes.size();
        ++tally_.batches;
        tally_.ns += ns;
        tally_.allocations += made;
        tally_.events += events;
        if (events == 0) {
            ++tally_.quiet_batches;
            tally_.quiet_allocations += made;
        }
    }
    void wake(Timestamp now, domain::Emitter& out) override { inner_->wake(now, out); }
    [[nodiscard]] Timestamp next_deadline() const override { return inner_->next_deadline(); }
    void apply(const Message& event) override { inner_->apply(event); }
    [[nodiscard]] std::string save() const override { return inner_->save(); }
    bool load(std::string_view bytes) override { return inner_->load(bytes); }

 private:
    [[nodiscard]] bool is_counted(const Message& input) const {
        return is_warm_ && std::holds_alternative<domain::QuoteBatch>(input.payload);
    }
    std::unique_ptr<domain::Core> inner_;
    Tally& tally_;
    const bool& is_warm_;
    int64_t observed_ns_ = 0;
    uint64_t observed_allocations_ = 0;
};

class Data : public lab::MarketData {
 public:
    explicit Data(std::unique_ptr<feed::Source> source) : source_(std::move(source)) {}
    [[nodiscard]] const domain::SourceInfo& info() const override { return source_->info(); }
    [[nodiscard]] std::optional<Timestamp> next_time() override { return source_->next_time(); }
    Message pop() override {
        is_warm = ++messages > kWarmUp;
        auto message = std::move(source_->pop().message);
        quotes += std::get<domain::QuoteBatch>(message.payload).quotes.size();
        return message;
    }
    static constexpr uint64_t kWarmUp = 500;
    uint64_t messages = 0;
    uint64_t quotes = 0;
    bool is_warm = false;

 private:
    std::unique_ptr<feed::Source> source_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "bench_core RECORDING CONFIG RULES\n");
        return 64;
    }
    lab::LabOptions options;
    options.recording = argv[1];
    options.config = argv[2];
    options.rules = argv[3];
    options.out = "unused";
    const auto ingredients = lab::load_lab_ingredients(options);
    auto source = feed::open_source(options.recording, 0);
    if (!ingredients || !source) {
        std::fprintf(stderr, "bench_core: %s\n",
                     (ingredients ? source.error() : ingredients.error()).text.c_str());
        return 1;
    }
    Data data(std::move(*source));
    lab::LabRun run(ingredients->environment.window, ingredients->environment.run);
    std::map<domain::Service, Tally> tallies;
    const std::pair<domain::Service, service::MakeParts> makers[] = {
        {domain::Service::Feed, feed::make_feed},
        {domain::Service::MlSignal, ml_signal::make_ml_signal},
        {domain::Service::Strategy, strategy::make_strategy},
        {domain::Service::Risk, risk::make_risk},
        {domain::Service::Execution, execution::make_execution}};
    for (const auto& [service, make] : makers) {
        auto parts = make(*ingredients);
        run.add(
            service,
            std::make_unique<CountedCore>(std::move(parts->core), tallies[service], data.is_warm),
            service::inputs_of(service, ingredients->underlyings));
    }
    const int64_t begun = bench::monotonic_ns();
    run.run(data);
    const double seconds = static_cast<double>(bench::monotonic_ns() - begun) / 1e9;
    std::printf("lab: %llu quotes in %.3f s, %.2f M quotes/s, %.0f rounds/s (counting)\n",
                static_cast<unsigned long long>(data.quotes), seconds,
                static_cast<double>(data.quotes) / seconds / 1e6,
                static_cast<double>(run.rounds()) / seconds);
    for (const auto& [service, tally] : tallies) {
        if (tally.quotes == 0) {
            continue;
        }
        const auto per = [](auto a, uint64_t b) {
            return static_cast<double>(a) / static_cast<double>(std::max<uint64_t>(b, 1));
        };
        std::printf(
            "core %-10s %6.1f ns/quote  allocations: %.4f /quote (all), %.3f /batch that "
            "led to no event (%llu of %llu batches)\n",
            std::string(to_text(service)).c_str(), per(tally.ns, tally.quotes),
            per(tally.allocations, tally.quotes), per(tally.quiet_allocations, tally.quiet_batches),
            static_cast<unsigned long long>(tally.quiet_batches),
            static_cast<unsigned long long>(tally.batches));
    }
    return 0;
}
