#include "common/bus/zmq_socket.h"

#include "common/base/invariant.h"

#include <zmq.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>

namespace sauda::bus {

namespace {

constexpr int kReconnectMs = 10;
constexpr int kReconnectMsMax = 500;
constexpr int kHandshakeMs = 2'000;
constexpr int kPublisherLingerMs = 1'000;
constexpr int kRouterLingerMs = 200;
constexpr int64_t kSubscriptionBytesMax = 64 << 10;
constexpr int64_t kRequestBytesMax = 4 << 20;
// Generous: a connecting socket that meets a larger message goes deaf without an error.
constexpr int64_t kUpstreamBytesMax = 64 << 20;
constexpr std::size_t kPartsKept = 4;

// libzmq crashes when one of several contexts ends, so a process has at most one at any time.
class SharedContext {
 public:
    zmq::context_t& acquire() {
        const std::lock_guard lock(mutex_);
        if (users_++ == 0) {
            context_.emplace(1);
            context_->set(zmq::ctxopt::blocky, 0);
        }
        return *context_;
    }
    void release() {
        const std::lock_guard lock(mutex_);
        if (--users_ == 0) {
            context_->shutdown();
            context_->close();
            context_.reset();
        }
    }

 private:
    std::mutex mutex_;
    int users_ = 0;
    std::optional<zmq::context_t> context_;
};
SharedContext& shared_context() {
    static SharedContext instance;
    return instance;
}
struct ContextUser {
    zmq::context_t& context = shared_context().acquire();
    ContextUser() = default;
    ContextUser(const ContextUser&) = delete;
    ContextUser& operator=(const ContextUser&) = delete;
    ~ContextUser() { shared_context().release(); }
};

zmq::socket_type type_of(SocketKind kind) {
    switch (kind) {
        case SocketKind::Publisher:
            return zmq::socket_type::pub;
        case SocketKind::Subscriber:
            return zmq::socket_type::sub;
        case SocketKind::Router:
            return zmq::socket_type::router;
        case SocketKind::Dealer:
            return zmq::socket_type::dealer;
    }
    INVARIANT(false);
}

// After the table in the bus notes, 2.12. RCVHWM 0 everywhere: a full receive queue can abort the
// process, and silently drops subscriptions and replies. No ZMTP heartbeats on ipc for the same
// reason; the services' own heartbeats also see a hung thread.
void set_options(zmq::socket_t& socket, SocketKind kind, int queue_max) {
    namespace opt = zmq::sockopt;
    socket.set(opt::rcvhwm, 0);
    socket.set(opt::handshake_ivl, kHandshakeMs);
    switch (kind) {
        case SocketKind::Publisher:
            socket.set(opt::sndhwm, queue_max);
            socket.set(opt::linger, kPublisherLingerMs);
            socket.set(opt::maxmsgsize, kSubscriptionBytesMax);
            return;
        case SocketKind::Router:
            socket.set(opt::router_mandatory, true);
            socket.set(opt::sndhwm, 1'000);
            socket.set(opt::linger, kRouterLingerMs);
            socket.set(opt::maxmsgsize, kRequestBytesMax);
            return;
        case SocketKind::Subscriber:
            socket.set(opt::sndhwm, 0);  // subscriptions beyond it would be dropped without a word
            break;
        case SocketKind::Dealer:
            socket.set(opt::immediate, true);  // nothing is queued for a server that is down
            socket.set(opt::sndhwm, 64);
            break;
    }
    socket.set(opt::linger, 0);
    socket.set(opt::reconnect_ivl, kReconnectMs);
    socket.set(opt::reconnect_ivl_max, kReconnectMsMax);
    socket.set(opt::maxmsgsize, kUpstreamBytesMax);
}

std::unexpected<base::Error> refused(const char* act, const std::string& endpoint,
                                     const zmq::error_t& error) {
    return base::fail(base::ErrorKind::Unavailable,
                      std::string("cannot ") + act + " " + endpoint + ": " + error.what());
}

}  // namespace

struct ZmqSocket::Impl {
    Impl(SocketKind kind, int queue_max) : socket(user.context, type_of(kind)) {
        set_options(socket, kind, queue_max);
    }
    ContextUser user;  // before the socket: ended after it
    zmq::socket_t socket;
    std::array<zmq::message_t, kPartsKept> messages;
    std::array<std::string_view, kPartsKept + 1> views;

    SendResult send_part(std::string_view part, bool has_more);
    bool receive_part(zmq::message_t& message);
};

ZmqSocket::ZmqSocket(SocketKind kind, int queue_max)
    : impl_(std::make_unique<Impl>(kind, queue_max)) {}
ZmqSocket::ZmqSocket(ZmqSocket&&) noexcept = default;
ZmqSocket& ZmqSocket::operator=(ZmqSocket&&) noexcept = default;
ZmqSocket::~ZmqSocket() = default;

base::Expected<void> ZmqSocket::bind(const std::string& endpoint) {
    try {
        impl_->socket.bind(endpoint);
    } catch (const zmq::error_t& error) {
        return refused("listen on", endpoint, error);
    }
    return {};
}

base::Expected<void> ZmqSocket::connect(const std::string& endpoint) {
    try {
        impl_->socket.connect(endpoint);
    } catch (const zmq::error_t& error) {
        return refused("connect to", endpoint, error);
    }
    return {};
}

void ZmqSocket::subscribe(std::string_view topic) {
    // A topic that does not end its last token also matches longer names (NIFTY, NIFTYNXT50);
    // libzmq 4.3.4 mislabels subscriptions of 246 to 255 bytes.
    INVARIANT(topic.ends_with('/') && topic.size() <= 128);
    impl_->socket.set(zmq::sockopt::subscribe, topic);
}

SendResult ZmqSocket::Impl::send_part(std::string_view part, bool has_more) {
    zmq::message_t message(part.data(), part.size());
    const auto flags =
        has_more ? zmq::send_flags::dontwait | zmq::send_flags::sndmore : zmq::send_flags::dontwait;
    while (true) {
        try {
            return socket.send(message, flags) ? SendResult::Sent : SendResult::Full;
        } catch (const zmq::error_t& error) {
            if (error.num() == EHOSTUNREACH) {
                return SendResult::NoSuchPeer;
            }
            INVARIANT(error.num() == EINTR);
        }
    }
}

SendResult ZmqSocket::send(std::initializer_list<std::string_view> parts) {
    std::size_t rest = parts.size();
    for (const auto part : parts) {
        const bool is_first = rest == parts.size();
        const auto result = impl_->send_part(part, --rest > 0);
        if (result != SendResult::Sent) {
            // Only the first part can be turned away; the rest belongs to an accepted message.
            INVARIANT(is_first);
            return result;
        }
    }
    return SendResult::Sent;
}

bool ZmqSocket::Impl::receive_part(zmq::message_t& message) {
    while (true) {
        try {
            return socket.recv(message, zmq::recv_flags::dontwait).has_value();
        } catch (const zmq::error_t& error) {
            INVARIANT(error.num() == EINTR);
        }
    }
}

std::span<const std::string_view> ZmqSocket::receive() {
    auto& in = *impl_;
    std::size_t parts = 0;
    for (bool has_more = true; has_more;) {
        // Parts beyond those kept are read off so that the next message starts at its beginning.
        auto& message = in.messages[std::min(parts, kPartsKept - 1)];
        if (!in.receive_part(message)) {
            INVARIANT(parts == 0);
            return {};
        }
        has_more = message.more();
        in.views[std::min(parts, kPartsKept)] = {static_cast<const char*>(message.data()),
                                                 message.size()};
        parts = std::min(parts + 1, kPartsKept + 1);
    }
    if (parts > kPartsKept) {
        in.views.fill({});  // too many: the count says so, the bytes are gone
    }
    return {in.views.data(), parts};
}

struct ZmqPoller::Impl {
    std::vector<zmq::pollitem_t> items;
};

ZmqPoller::ZmqPoller() : impl_(std::make_unique<Impl>()) {}
ZmqPoller::~ZmqPoller() = default;

void ZmqPoller::add(const ZmqSocket& socket) {
    impl_->items.push_back({socket.impl_->socket.handle(), 0, ZMQ_POLLIN, 0});
}

void ZmqPoller::add_writable(const ZmqSocket& socket) {
    impl_->items.push_back({socket.impl_->socket.handle(), 0, ZMQ_POLLOUT, 0});
}

void ZmqPoller::add(int fd) { impl_->items.push_back({nullptr, fd, ZMQ_POLLIN, 0}); }

void ZmqPoller::clear() { impl_->items.clear(); }

bool ZmqPoller::wait(base::Duration at_most) {
    constexpr int64_t kMs = 1'000'000;
    const std::chrono::milliseconds timeout(std::max<int64_t>(0, (at_most.ns + kMs - 1) / kMs));
    try {
        return zmq::poll(impl_->items, timeout) > 0;
    } catch (const zmq::error_t& error) {
        INVARIANT(error.num() == EINTR);
        for (auto& item : impl_->items) {
            item.revents = 0;
        }
        return false;
    }
}

bool ZmqPoller::is_ready(std::size_t number) const { return impl_->items.at(number).revents != 0; }

}  // namespace sauda::bus
