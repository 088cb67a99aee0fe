#pragma once

#include "common/net/http_client.h"
#include "common/net/mail.h"
#include "common/net/secret.h"

#include <cstdint>
#include <memory>
#include <string>

namespace sauda::net {

struct MailServer {
    std::string host;
    uint16_t port = 587;
    bool is_implicit_tls = false;  // port 465; else STARTTLS, without which nothing is sent
    std::string user = {};         // empty: no login
    Secret password = {};
};

// Hands one message to a mail server. One thread.
class MailClient {
 public:
    virtual ~MailClient() = default;
    // Done when the server took it. Invalid: it refused it for good (5xx). Unavailable: no
    // connection, no TLS, no answer in time, or "later" (4xx). Texts name host and code.
    virtual base::Expected<void> send(const Mail& mail) = 0;
};

// timeout: of the whole conversation about one message.
std::unique_ptr<MailClient> make_mail_client(MailServer server, base::Duration timeout,
                                             TransferOptions options);

}  // namespace sauda::net
