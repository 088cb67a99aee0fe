#include "common/bus/zmq_transport.h"

#include "common/base/invariant.h"
#include "common/bus/lock_file.h"
#include "common/bus/zmq_socket.h"

#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

namespace sauda::bus {

namespace {

constexpr std::size_t kArrivalsMax = 256;  // per poll, so that no cycle grows without bound
constexpr std::chrono::milliseconds kFileCheckInterval{100};

struct FileId {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const FileId&, const FileId&) = default;
};

std::optional<FileId> file_id(const std::string& path) {
    struct stat status{};
    if (stat(path.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return FileId{status.st_dev, status.st_ino};
}

// A bound socket and the file its peers find it by.
struct Bound {
    ZmqSocket socket;
    std::string endpoint;
    std::optional<FileId> file;

    base::Expected<void> bind() {
        auto done = socket.bind(endpoint);
        if (done) {
            file = file_id(ipc_path(endpoint));
        }
        return done;
    }
};

struct Upstream {
    Service service = Service::Unspecified;
    Endpoints endpoints;
    std::vector<std::pair<StreamId, std::string>> topics;
    ZmqSocket subscriber{SocketKind::Subscriber};
    ZmqSocket dealer{SocketKind::Dealer};

    base::Expected<void> connect() {
        for (const auto& [stream, topic] : topics) {
            subscriber.subscribe(topic);
        }
        auto done = subscriber.connect(endpoints.stream);
        return done ? dealer.connect(endpoints.control) : done;
    }
    [[nodiscard]] const std::string* topic_of(StreamId stream) const {
        const auto found = std::ranges::find(topics, stream, &decltype(topics)::value_type::first);
        return found == topics.end() ? nullptr : &found->second;
    }
};

enum class SourceKind : uint8_t { Control, Stream, Answer };
struct Source {
    SourceKind kind = SourceKind::Control;
    Upstream* upstream = nullptr;
};

}  // namespace

struct ZmqTransport::Impl {
    explicit Impl(ZmqConfig wanted) : config(std::move(wanted)) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (wake_fd >= 0) {
            close(wake_fd);
        }
    }

    ZmqConfig config;
    std::optional<LockFile> lock;
    int wake_fd = -1;
    std::vector<int> watched;
    ZmqCounters counters;
    std::optional<Bound> publisher;
    std::optional<Bound> router;
    std::deque<Upstream> upstreams;  // addresses stay
    std::map<StreamId, std::string> topics;
    ZmqPoller poller;
    std::vector<Source> sources;  // poller numbers 0 .. n-1
    std::vector<std::size_t> ready;
    std::size_t wake_number = 0;
    std::chrono::steady_clock::time_point next_file_check;

    base::Expected<void> take_lock();
    base::Expected<void> bind_all(const Endpoints& own);
    base::Expected<void> connect_all();
    [[nodiscard]] Endpoints endpoints_of(Service service) const;
    Upstream& upstream_of(Service service);
    void arm_poller();
    void check_files();
    void rebind_if_lost(Bound& bound);
    void drain(std::vector<Arrival>& arrivals);
    std::size_t take(const Source& source, std::size_t at_most, std::vector<Arrival>& arrivals);
    ZmqSocket& socket_of(const Source& source);
    Arrival decode(const Source& source, std::span<const std::string_view> parts);
    Malformed malformed(const Source& source, std::string what);
};

Endpoints ZmqTransport::Impl::endpoints_of(Service service) const {
    const auto found = config.elsewhere.find(service);
    return found != config.elsewhere.end() ? found->second
                                           : endpoints_in(config.directory, service);
}

base::Expected<void> ZmqTransport::Impl::take_lock() {
    const auto path = lock_path_in(config.directory, config.self);
    if (LockFile::is_held_here(path)) {
        return {};
    }
    auto taken = LockFile::take(path);
    if (!taken) {
        return std::unexpected(taken.error());
    }
    lock.emplace(std::move(*taken));
    return {};
}

base::Expected<void> ZmqTransport::Impl::bind_all(const Endpoints& own) {
    router.emplace(Bound{ZmqSocket(SocketKind::Router), own.control, {}});
    publisher.emplace(
        Bound{ZmqSocket(SocketKind::Publisher, config.publish_queue_max), own.stream, {}});
    auto done = router->bind();
    return done ? publisher->bind() : done;
}

base::Expected<void> ZmqTransport::Impl::connect_all() {
    for (const auto& [service, streams] : config.subscriptions) {
        if (std::ranges::find(config.upstreams, service) == config.upstreams.end()) {
            return base::fail(base::ErrorKind::Invalid, "subscriptions name " +
                                                            std::string(domain::to_text(service)) +
                                                            ", which is no upstream");
        }
    }
    for (const auto service : config.upstreams) {
        auto& upstream = upstreams.emplace_back();
        upstream.service = service;
        upstream.endpoints = endpoints_of(service);
        const auto streams = config.subscriptions.find(service);
        if (streams != config.subscriptions.end()) {
            for (const auto stream : streams->second) {
                upstream.topics.emplace_back(stream, domain::topic_of(stream));
            }
        }
        for (const auto& endpoint : {upstream.endpoints.stream, upstream.endpoints.control}) {
            if (auto usable = check_endpoint(endpoint); !usable) {
                return usable;
            }
        }
        if (auto done = upstream.connect(); !done) {
            return done;
        }
    }
    return {};
}

Upstream& ZmqTransport::Impl::upstream_of(Service service) {
    const auto found = std::ranges::find(upstreams, service, &Upstream::service);
    INVARIANT(found != upstreams.end());
    return *found;
}

// Every socket is in the set on every poll. That also lets each of them do its housekeeping: a SUB
// repeats its subscriptions to a restarted publisher, and a PUB reads new ones, only when asked
// for its events.
void ZmqTransport::Impl::arm_poller() {
    poller.clear();
    sources.clear();
    if (router) {
        poller.add(router->socket);
        sources.push_back({SourceKind::Control, nullptr});
    }
    for (auto& upstream : upstreams) {
        poller.add(upstream.subscriber);
        sources.push_back({SourceKind::Stream, &upstream});
        poller.add(upstream.dealer);
        sources.push_back({SourceKind::Answer, &upstream});
    }
    wake_number = sources.size();
    poller.add(wake_fd);
    for (const int fd : watched) {
        poller.add(fd);
    }
    if (publisher) {
        poller.add(publisher->socket);
    }
}

void ZmqTransport::Impl::check_files() {
    const auto now = std::chrono::steady_clock::now();
    if (!router || now < next_file_check) {
        return;
    }
    next_file_check = now + kFileCheckInterval;
    rebind_if_lost(*router);
    rebind_if_lost(*publisher);
}

// Binding once more, beside the old listener, keeps the connections there are.
void ZmqTransport::Impl::rebind_if_lost(Bound& bound) {
    const auto path = ipc_path(bound.endpoint);
    if (path.empty()) {
        return;
    }
    const auto there = file_id(path);
    if (there && there == bound.file) {
        return;
    }
    if (bound.bind()) {
        ++counters.rebinds;
    } else {
        ++counters.rebind_failures;
    }
}

ZmqSocket& ZmqTransport::Impl::socket_of(const Source& source) {
    switch (source.kind) {
        case SourceKind::Control:
            return router->socket;
        case SourceKind::Stream:
            return source.upstream->subscriber;
        case SourceKind::Answer:
            return source.upstream->dealer;
    }
    INVARIANT(false);
}

Malformed ZmqTransport::Impl::malformed(const Source& source, std::string what) {
    ++counters.malformed;
    return {source.upstream != nullptr ? source.upstream->service : Service::Unspecified,
            std::move(what)};
}

Arrival ZmqTransport::Impl::decode(const Source& source, std::span<const std::string_view> parts) {
    switch (source.kind) {
        case SourceKind::Stream: {
            if (parts.size() != 3) {
                return malformed(source, "message of " + std::to_string(parts.size()) +
                                             " parts instead of topic, header and payload");
            }
            auto frame = decode_frame(parts[1], parts[2]);
            if (!frame) {
                return malformed(source, frame.error().text);
            }
            const auto* topic = source.upstream->topic_of(frame->stream);
            if (topic == nullptr || *topic != parts[0]) {
                return malformed(source, "stream " +
                                             std::to_string(static_cast<int>(frame->stream)) +
                                             " does not belong under its topic");
            }
            return FrameArrived{source.upstream->service, std::move(*frame)};
        }
        case SourceKind::Answer: {
            if (parts.size() != 2 || !parts[0].empty()) {
                return malformed(source, "reply without its empty delimiter");
            }
            auto reply = decode_reply(parts[1]);
            if (!reply) {
                return malformed(source, reply.error().text);
            }
            return ReplyArrived{source.upstream->service, std::move(*reply)};
        }
        case SourceKind::Control: {
            if (parts.size() != 3 || !parts[1].empty()) {
                return malformed(source, "request without its empty delimiter; use a REQ socket");
            }
            auto request = decode_request(parts[2]);
            if (!request) {
                return malformed(source, request.error().text);
            }
            return RequestArrived{std::string(parts[0]), std::move(*request)};
        }
    }
    INVARIANT(false);
}

std::size_t ZmqTransport::Impl::take(const Source& source, std::size_t at_most,
                                     std::vector<Arrival>& arrivals) {
    auto& socket = socket_of(source);
    for (std::size_t taken = 0; taken < at_most; ++taken) {
        const auto parts = socket.receive();
        if (parts.empty()) {
            return taken;
        }
        arrivals.push_back(decode(source, parts));
    }
    return at_most;
}

// Shares the limit among the sources that have something; what one leaves goes to the others.
void ZmqTransport::Impl::drain(std::vector<Arrival>& arrivals) {
    ready.clear();
    for (std::size_t number = 0; number < sources.size(); ++number) {
        if (poller.is_ready(number)) {
            ready.push_back(number);
        }
    }
    std::size_t left = kArrivalsMax;
    while (left > 0 && !ready.empty()) {
        const auto share = std::max<std::size_t>(1, kArrivalsMax / ready.size());
        std::erase_if(ready, [&](std::size_t number) {
            const auto limit = std::min(share, left);
            const auto taken = take(sources[number], limit, arrivals);
            left -= taken;
            return taken < limit;
        });
    }
}

ZmqTransport::ZmqTransport(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZmqTransport::~ZmqTransport() = default;

base::Expected<std::unique_ptr<ZmqTransport>> ZmqTransport::open(ZmqConfig config) {
    auto impl = std::make_unique<Impl>(std::move(config));
    const auto own = impl->endpoints_of(impl->config.self);
    base::Expected<void> done;
    if (impl->config.binds) {
        INVARIANT(impl->config.self != Service::Unspecified);
        for (const auto& endpoint : {own.stream, own.control}) {
            if (done = check_endpoint(endpoint); !done) {
                return std::unexpected(done.error());
            }
        }
        if (done = impl->take_lock(); !done) {
            return std::unexpected(done.error());
        }
    }
    impl->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (impl->wake_fd < 0) {
        return base::fail(base::ErrorKind::Exhausted, "no file descriptor left for the bus");
    }
    if (impl->config.binds) {
        done = impl->bind_all(own);
    }
    if (done) {
        done = impl->connect_all();
    }
    if (!done) {
        return std::unexpected(done.error());
    }
    impl->arm_poller();
    return std::unique_ptr<ZmqTransport>(new ZmqTransport(std::move(impl)));
}

void ZmqTransport::publish(const Frame& frame) {
    INVARIANT(impl_->publisher.has_value());
    auto& topic = impl_->topics[frame.stream];
    if (topic.empty()) {
        topic = domain::topic_of(frame.stream);
    }
    // Never full: PUB drops for a slow subscriber instead, and the host of that one heals it.
    (void)impl_->publisher->socket.send({topic, encode_header(frame), frame.payload});
}

void ZmqTransport::request(Service upstream, const Request& request) {
    auto& dealer = impl_->upstream_of(upstream).dealer;
    if (dealer.send({"", encode(request)}) != SendResult::Sent) {
        ++impl_->counters.requests_dropped;
    }
}

void ZmqTransport::reply(const ClientToken& client, const Reply& reply) {
    INVARIANT(impl_->router.has_value());
    if (impl_->router->socket.send({client, "", encode(reply)}) != SendResult::Sent) {
        ++impl_->counters.replies_dropped;
    }
}

void ZmqTransport::poll(std::vector<Arrival>& arrivals, Duration wait) {
    impl_->check_files();
    if (!impl_->poller.wait(wait)) {
        return;
    }
    if (impl_->poller.is_ready(impl_->wake_number)) {
        uint64_t times = 0;
        (void)!read(impl_->wake_fd, &times, sizeof(times));
    }
    impl_->drain(arrivals);
}

void ZmqTransport::reconnect(Service upstream) {
    auto& peer = impl_->upstream_of(upstream);
    // New sockets: one that met a malformed or oversize message stays deaf whatever it is told.
    peer.subscriber = ZmqSocket(SocketKind::Subscriber);
    peer.dealer = ZmqSocket(SocketKind::Dealer);
    const auto done = peer.connect();
    INVARIANT(done.has_value());  // the same endpoints connected before
    ++impl_->counters.reconnects;
    impl_->arm_poller();
}

void ZmqTransport::wake() {
    const uint64_t once = 1;
    (void)!write(impl_->wake_fd, &once, sizeof(once));
}

int ZmqTransport::wake_fd() const { return impl_->wake_fd; }

void ZmqTransport::watch(int fd) {
    impl_->watched.push_back(fd);
    impl_->arm_poller();
}

void ZmqTransport::unwatch(int fd) {
    std::erase(impl_->watched, fd);
    impl_->arm_poller();
}

const ZmqCounters& ZmqTransport::counters() const { return impl_->counters; }

}  // namespace sauda::bus
