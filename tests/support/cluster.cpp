#include "tests/support/cluster.h"

#include "common/service/wiring.h"

namespace sauda::test {

using domain::Service;

namespace {

constexpr int64_t kStallNs = 20'000'000'000;
constexpr int64_t kFreezeMaxNs = 300'000'000;
constexpr int64_t kIdleStepNs = 5'000'000;
constexpr int64_t kBusyStepNs = 20'000;

// Hands everything on, and tells when the host has recovered.
class Watched : public service::Extension {
 public:
    Watched(service::Extension& inner, std::function<void(service::Host&)> on_recovered)
        : inner_(inner), on_recovered_(std::move(on_recovered)) {}

    base::Expected<void> prepare(store::Store& store) override { return inner_.prepare(store); }
    void on_ready(service::Host& host) override {
        on_recovered_(host);
        inner_.on_ready(host);
    }
    void on_ephemeral(service::Host& host, const bus::Ephemeral& message) override {
        inner_.on_ephemeral(host, message);
    }
    bool on_cycle(service::Host& host) override { return inner_.on_cycle(host); }
    std::optional<bus::CommandReply> on_command(service::Host& host,
                                                const bus::Command& command) override {
        return inner_.on_command(host, command);
    }
    void after_commit(service::Host& host, const std::vector<kernel::Output>& outputs) override {
        inner_.after_commit(host, outputs);
    }
    std::vector<bus::Frame> range(domain::StreamId stream, uint64_t from,
                                  uint32_t frames_max) override {
        return inner_.range(stream, from, frames_max);
    }
    std::vector<bus::StreamEnd> journaled_ends() override { return inner_.journaled_ends(); }
    void add_metrics(std::vector<bus::NamedValue>& metrics) override {
        inner_.add_metrics(metrics);
    }
    void on_heartbeat(bus::Heartbeat& own) override { inner_.on_heartbeat(own); }

 private:
    service::Extension& inner_;
    std::function<void(service::Host&)> on_recovered_;
};

}  // namespace

// One service: what survives it (store), and its process while it lives.
class Cluster::Node {
 public:
    Node(MemoryNetwork& network, Service service) : self(service), transport(network, service) {}

    [[nodiscard]] bool is_up() const { return host != nullptr; }
    [[nodiscard]] bool is_recovered() const {
        return is_up() && host->state() != bus::ServiceState::Starting &&
               host->state() != bus::ServiceState::Recovering;
    }
    void die() {
        host.reset();
        watched.reset();
        extension.reset();
    }

    Service self;
    MemoryStore store;
    MemoryTransport transport;
    SilentLog log;
    std::unique_ptr<service::Extension> extension;
    std::unique_ptr<Watched> watched;
    std::unique_ptr<service::Host> host;
    int64_t restart_at = 0;
    int64_t thaw_at = 0;
    std::optional<std::string> last_words;  // state when it died, if all of it was committed
};

Cluster::Cluster(const Spine& spine, const FaultPlan& plan)
    : spine_(spine),
      plan_(plan),
      rng_(plan.seed),
      network_(plan.seed ^ 0x5EEDULL, plan.network),
      clock_(network_) {
    for (const auto service : domain::kParticipants) {
        auto made = std::make_unique<Node>(network_, service);
        const auto crash = [this, service](const char* where) { crash_or_not(service, where); };
        made->store.crash_point = crash;
        made->transport.crash_point = crash;
        made->store.is_full = [this] {
            const bool is_full = !is_calm_ && rng_.chance(plan_.full_disk);
            counts_["failed commits"] += is_full ? 1 : 0;
            return is_full;
        };
        made->store.on_commit = [this, service](const store::Batch& batch) {
            last_commit_ns_ = network_.now_ns;
            ++counts_["commits"];
            on_commit(service, batch);
        };
        const auto inputs = service::inputs_of(service, {domain::Underlying::NIFTY});
        std::vector<domain::StreamId> streams;
        for (const auto& [owner, wanted] : service::subscriptions_of(service, inputs)) {
            streams.insert(streams.end(), wanted.begin(), wanted.end());
        }
        network_.subscribe(service, streams);
        nodes_[service] = std::move(made);
    }
}

Cluster::~Cluster() = default;

Cluster::Node& Cluster::node(Service service) { return *nodes_.at(service); }
MemoryStore& Cluster::store(Service service) { return node(service).store; }
const domain::Core& Cluster::core(Service service) { return participant(service).core(); }
const kernel::Participant& Cluster::participant(Service service) {
    return node(service).host->participant();
}

void Cluster::note_problem(std::string text) {
    if (!problem_) {
        problem_ = std::move(text);
    }
}

void Cluster::crash_or_not(Service service, const char* where) {
    const std::string_view place = where;
    const bool is_send = place.ends_with("send");
    const double chance = is_send ? plan_.crash_at_send : plan_.crash_at_commit;
    if (is_calm_ || !rng_.chance(chance)) {
        return;
    }
    ++counts_["crash " + std::string(place)];
    auto& dying = node(service);
    if (dying.is_recovered()) {
        const bool is_committed = place != "before commit";
        dying.last_words = is_committed
                               ? std::optional(service::pack_snapshot(dying.host->participant()))
                               : std::nullopt;
    }
    throw Crash{};
}

void Cluster::start(Node& node) {
    network_.forget(node.self);
    if (node.self == Service::Feed) {
        node.extension = std::make_unique<feed::Driver>(
            spine_.window,
            std::set<Service>(std::begin(domain::kParticipants), std::end(domain::kParticipants)),
            true, spine_.open);
    } else {
        node.extension = std::make_unique<service::Extension>();
    }
    node.watched = std::make_unique<Watched>(*node.extension, [this, &node](service::Host& host) {
        const auto expected = std::exchange(node.last_words, std::nullopt);
        if (expected && *expected != service::pack_snapshot(host.participant())) {
            note_problem(std::string(to_text(node.self)) +
                         " recovered another state than it had when it died");
        }
        counts_["recoveries"] += 1;
    });
    service::HostConfig config;
    config.self = node.self;
    config.inputs = service::inputs_of(node.self, {domain::Underlying::NIFTY});
    config.run = spine_.run;
    config.database_id = "db";
    config.layout = "1";
    if (auto prepared = node.watched->prepare(node.store); !prepared) {
        note_problem(prepared.error().text);
        return;
    }
    node.host = std::make_unique<service::Host>(config, spine_.make_core(node.self), node.transport,
                                                node.store, clock_, node.log, *node.watched);
    if (auto started = node.host->start(); !started) {
        node.die();  // a full disk; the supervisor tries again
    }
}

void Cluster::live(Node& node) {
    if (network_.now_ns < node.thaw_at || (!node.is_up() && network_.now_ns < node.restart_at)) {
        return;
    }
    try {
        if (!node.is_up()) {
            start(node);
            return;
        }
        node.host->cycle({});
        if (auto* driver = dynamic_cast<feed::Driver*>(node.extension.get());
            driver != nullptr && node.is_recovered() && driver->state().files.empty()) {
            (void)driver->play(*node.host, "small session", 0, false);
        }
    } catch (const Crash&) {
        node.die();
        node.restart_at = network_.now_ns + rng_.between(0, plan_.down_max_ns);
    }
}

void Cluster::maybe_disturb() {
    const auto any = [this]() -> Node& {
        return node(domain::kParticipants[rng_.below(std::size(domain::kParticipants))]);
    };
    if (rng_.chance(plan_.kill)) {
        auto& victim = any();
        if (victim.is_up()) {
            if (victim.is_recovered()) {
                victim.last_words = service::pack_snapshot(victim.host->participant());
            }
            victim.die();
            victim.restart_at = network_.now_ns + rng_.between(0, plan_.down_max_ns);
            ++counts_["kills"];
        }
    }
    if (rng_.chance(plan_.freeze)) {
        any().thaw_at = network_.now_ns + rng_.between(0, kFreezeMaxNs);
        ++counts_["freezes"];
    }
    if (rng_.chance(plan_.operator_act)) {
        send_operator_act();
    }
}

void Cluster::send_operator_act() {
    struct Act {
        Service to;
        const char* verb;
        const char* target;
    };
    static constexpr Act kActs[] = {{Service::Risk, "halt", ""},
                                    {Service::Risk, "resume", ""},
                                    {Service::Risk, "resume", ""},
                                    {Service::Risk, "flatten", ""},
                                    {Service::Execution, "halt", ""},
                                    {Service::Execution, "resume", ""},
                                    {Service::Execution, "resume", ""},
                                    {Service::Strategy, "stop", "straddle"},
                                    {Service::Strategy, "start", "straddle"},
                                    {Service::Strategy, "start", "crossover"}};
    const auto& act = kActs[rng_.below(std::size(kActs))];
    const bus::Command command{.verb = act.verb,
                               .arguments = {{"target", act.target}, {"reason", "because"}},
                               .by = "owner"};
    const std::string client(1, static_cast<char>(Service::Operator));
    network_.send(act.to, bus::RequestArrived{client, {.id = 1, .body = command}}, false);
    network_.forget(Service::Operator);
    ++counts_["operator acts"];
}

void Cluster::advance_time() {
    int64_t next = network_.now_ns + kIdleStepNs;
    for (const auto& [service, node] : nodes_) {
        if (!node->is_up()) {
            next = std::min(next, std::max(node->restart_at, network_.now_ns));
        } else {
            next = std::min(next, std::max(network_.next_due(service), node->thaw_at));
        }
    }
    network_.now_ns = std::max(next, network_.now_ns + kBusyStepNs);
}

std::optional<std::string> Cluster::run_until(const std::function<bool()>& is_over) {
    last_commit_ns_ = network_.now_ns;
    while (!is_over()) {
        for (auto& [service, node] : nodes_) {
            live(*node);
        }
        if (!is_calm_) {
            maybe_disturb();
        }
        ++counts_["passes"];
        if (problem_) {
            return problem_;
        }
        if (network_.now_ns - last_commit_ns_ > kStallNs) {
            return stall_text();
        }
        advance_time();
    }
    return std::nullopt;
}

std::string Cluster::stall_text() const {
    std::string text = "nothing was committed for 20 s:";
    for (const auto& [service, node] : nodes_) {
        text += " " + std::string(to_text(service)) + " is ";
        text += !node->is_up() ? "down" : node->is_recovered() ? "up" : "recovering";
        if (!node->log.errors.empty()) {
            text += " (" + node->log.errors.back() + ")";
        }
        text += ";";
    }
    return text;
}

bool Cluster::is_finished() {
    const auto& feed = node(Service::Feed);
    const auto* driver = dynamic_cast<const feed::Driver*>(feed.extension.get());
    return feed.is_recovered() && driver != nullptr && driver->is_idle() &&
           driver->state().plays_finished == 1;
}

bool Cluster::are_all_ready() {
    return std::all_of(nodes_.begin(), nodes_.end(),
                       [](const auto& entry) { return entry.second->is_recovered(); });
}

std::optional<std::string> Cluster::run() {
    if (auto problem = run_until([this] { return is_finished(); })) {
        return problem;
    }
    is_calm_ = true;
    network_.heal();
    return run_until([this] { return are_all_ready(); });
}

std::optional<std::string> Cluster::restart_all() {
    for (auto& [service, node] : nodes_) {
        node->last_words = service::pack_snapshot(node->host->participant());
        node->die();
    }
    return run_until([this] { return are_all_ready(); });
}

}  // namespace sauda::test
