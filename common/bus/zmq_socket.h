#pragma once

#include "common/base/expected.h"
#include "common/base/timestamp.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The four kinds of ZeroMQ socket the bus uses, with the options each trap of libzmq 4.3.4 asks
// for. zmq_socket.cpp is the only file that includes zmq.hpp.
namespace sauda::bus {

enum class SocketKind : uint8_t {
    Publisher,   // PUB, bound
    Subscriber,  // SUB, connected to one upstream
    Router,      // ROUTER, bound
    Dealer,      // DEALER, connected to one upstream; sends only over a live connection
};

enum class SendResult : uint8_t { Sent, Full, NoSuchPeer };

// All sockets of a process share one context; the last socket to go ends it, which waits for what
// still lingers (a publisher at most 1 s). Do not fork while a socket exists. One thread per
// socket.
class ZmqSocket {
 public:
    // queue_max: messages a Publisher holds per subscriber, 0 = no limit; ignored by the others.
    explicit ZmqSocket(SocketKind kind, int queue_max = 100'000);
    ZmqSocket(ZmqSocket&&) noexcept;
    ZmqSocket& operator=(ZmqSocket&&) noexcept;
    ~ZmqSocket();

    base::Expected<void> bind(const std::string& endpoint);
    base::Expected<void> connect(const std::string& endpoint);
    // Subscriber only. Topics of whole streams, each ending in '/'.
    void subscribe(std::string_view topic);

    // Hands over all parts or none. Never waits.
    SendResult send(std::initializer_list<std::string_view> parts);
    // The next message, valid until the next call; empty when there is none. Never waits. Of a
    // message of more than four parts five empty ones are returned.
    std::span<const std::string_view> receive();

 private:
    friend class ZmqPoller;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Waits on sockets and file descriptors together.
class ZmqPoller {
 public:
    ZmqPoller();
    ~ZmqPoller();
    // What is added keeps its number, counted from 0. It must stay alive until clear().
    void add(const ZmqSocket& socket);
    void add_writable(const ZmqSocket& socket);
    void add(int fd);
    void clear();
    // Whether anything is ready; false also when a signal ended the wait. Rounded up to 1 ms.
    bool wait(base::Duration at_most);
    [[nodiscard]] bool is_ready(std::size_t number) const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace sauda::bus
