#include "tests/bench/system_run.h"

#include "common/service/environment.h"
#include "common/store/sqlite_store.h"
#include "common/wire/codec.h"
#include "tests/bench/member.h"
#include "tests/bench/stamps.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>

namespace sauda::bench {

namespace {

namespace fs = std::filesystem;
using domain::Service;
using domain::StreamId;

constexpr const char* kName = "bench";
constexpr std::size_t kSamplesMax = 500;
constexpr Service kMembers[] = {Service::Strategy, Service::Risk, Service::Execution,
                                Service::Feed};
constexpr Service kPrograms[] = {Service::MlSignal, Service::Notifier, Service::Recorder};

base::Expected<service::Environment> make_environment(const SystemOptions& options) {
    fs::remove_all(options.folder);
    const auto hash = service::hash_configuration(options.config, options.rules);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    service::Environment environment;
    environment.name = kName;
    environment.kind = "replay";
    environment.directory = (fs::path(options.folder) / kName).string();
    environment.bus = service::socket_folder(environment.directory);
    environment.config = options.config;
    environment.rules = options.rules;
    environment.account = "standard";
    environment.run = 1;
    environment.config_hash = *hash;
    environment.is_lockstep = false;
    if (auto saved = service::save_environment(environment); !saved) {
        return std::unexpected(saved.error());
    }
    return environment;
}

pid_t start(Service service, const SystemOptions& options, bool is_member) {
    const pid_t pid = ::fork();
    if (pid != 0) {
        return pid;
    }
    if (is_member) {
        std::_Exit(
            run_member(service, options.folder, kName, options.recording, options.speed_permille));
    }
    // The notifier's own channel here is the console.
    (void)std::freopen("/dev/null", "w", stdout);
    const auto program = options.programs + "/sauda-" + std::string(to_text(service));
    ::execl(program.c_str(), program.c_str(), "--env", kName, "--var", options.folder.c_str(),
            "--quiet", nullptr);
    std::_Exit(127);
}

// One database after the run.
class Book {
 public:
    Book(const service::Environment& environment, Service service)
        : stamps_(read_stamps(
              (fs::path(environment.directory) / (std::string(to_text(service)) + ".stamps"))
                  .string())) {
        const auto name = std::string(to_text(service));
        auto store = store::SqliteStore::open_read_only(
            (fs::path(environment.directory) / name / (name + ".db")).string());
        if (store) {
            store_ = std::move(*store);
        }
    }
    [[nodiscard]] bool is_open() const { return store_ != nullptr; }
    [[nodiscard]] int64_t at(StreamId stream, uint64_t seq) const {
        const auto it = stamps_.find({static_cast<uint64_t>(stream), seq});
        return it == stamps_.end() ? 0 : it->second;
    }
    [[nodiscard]] std::vector<store::OutboxRow> all(StreamId stream) {
        return store_->outbox(static_cast<uint16_t>(stream), 1, UINT32_MAX, UINT64_MAX >> 1U);
    }
    [[nodiscard]] Hop hop(uint64_t ordinal) {
        Hop hop{.outbox = store_->outbox_by_ordinal(ordinal, ordinal),
                .journal = store_->journal(ordinal, 1)};
        return hop;
    }

 private:
    StampMap stamps_;
    std::unique_ptr<store::SqliteStore> store_;
};

uint64_t cause_on(const domain::Meta& meta, StreamId stream) {
    for (const auto& cause : meta.causes) {
        if (cause.stream == stream) {
            return cause.seq;
        }
    }
    return 0;
}

struct Row {
    wire::Decoded decoded;
    uint64_t ordinal = 0;
};
std::map<uint64_t, Row> decode_all(Book& book, StreamId stream) {
    std::map<uint64_t, Row> rows;
    for (const auto& row : book.all(stream)) {
        if (auto decoded = wire::decode(stream, row.schema, row.payload)) {
            rows.emplace(row.seq, Row{std::move(*decoded), row.ordinal});
        }
    }
    return rows;
}

// Follows the causes back from every order sent to the quote that led to it.
SystemResult evaluate(const service::Environment& environment) {
    SystemResult result;
    Book feed(environment, Service::Feed);
    Book strategy(environment, Service::Strategy);
    Book risk(environment, Service::Risk);
    Book execution(environment, Service::Execution);
    if (!strategy.is_open() || !risk.is_open() || !execution.is_open()) {
        return result;
    }
    const auto intents = decode_all(strategy, StreamId::StrategyIntent);
    const auto decisions = decode_all(risk, StreamId::RiskDecision);
    const auto market = domain::market_data_stream(domain::Underlying::NIFTY);
    for (const auto& [seq, report] : decode_all(execution, StreamId::ExecutionReport)) {
        const auto* event = std::get_if<domain::OrderEvent>(&report.decoded.payload);
        if (event == nullptr || event->kind != domain::OrderEventKind::Sent) {
            continue;
        }
        const auto decision = decisions.find(cause_on(report.decoded.meta, StreamId::RiskDecision));
        if (decision == decisions.end()) {
            continue;
        }
        const auto intent =
            intents.find(cause_on(decision->second.decoded.meta, StreamId::StrategyIntent));
        if (intent == intents.end()) {
            continue;
        }
        const int64_t quote = feed.at(market, cause_on(intent->second.decoded.meta, market));
        const int64_t intended = strategy.at(StreamId::StrategyIntent, intent->first);
        const int64_t decided = risk.at(StreamId::RiskDecision, decision->first);
        const int64_t sent = execution.at(StreamId::ExecutionReport, seq);
        if (quote == 0 || intended == 0 || decided == 0 || sent == 0) {
            continue;
        }
        result.total.add(sent - quote);
        result.to_intent.add(intended - quote);
        result.to_decision.add(decided - intended);
        result.to_sent.add(sent - decided);
        if (result.orders.size() < kSamplesMax) {
            OrderRows rows{{strategy.hop(intent->second.ordinal),
                            risk.hop(decision->second.ordinal), execution.hop(report.ordinal)}};
            if (!rows.hops[0].journal.empty() && !rows.hops[1].journal.empty() &&
                !rows.hops[2].journal.empty()) {
                result.orders.push_back(std::move(rows));
            }
        }
    }
    result.denied = intents.size() - std::min(intents.size(), result.total.count());
    return result;
}

}  // namespace

base::Expected<SystemResult> run_system(const SystemOptions& options) {
    const auto environment = make_environment(options);
    if (!environment) {
        return std::unexpected(environment.error());
    }
    std::vector<pid_t> others;
    for (const auto service : kPrograms) {
        others.push_back(start(service, options, false));
    }
    pid_t feed = 0;
    for (const auto service : kMembers) {
        const pid_t pid = start(service, options, true);
        service == Service::Feed ? feed = pid : (others.push_back(pid), 0);
    }
    int status = 0;
    ::waitpid(feed, &status, 0);
    for (const auto pid : others) {
        ::kill(pid, SIGTERM);
    }
    for (const auto pid : others) {
        ::waitpid(pid, nullptr, 0);
    }
    if (status != 0) {
        return base::fail(base::ErrorKind::Unavailable, "the feed of the bench stopped early");
    }
    return evaluate(*environment);
}

}  // namespace sauda::bench
