#include "common/base/invariant.h"
#include "common/net/http_client.h"
#include "common/net/mail_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>

// The one place with curl. Everything that could show a URL (its own error texts, redirects,
// verbose output) stays off: the URL of a bot holds its token.
namespace sauda::net {

namespace {

struct Closer {
    void operator()(CURL* handle) const { ::curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Closer>;
using List = std::unique_ptr<curl_slist, Closer>;

Handle make_handle() {
    static std::once_flag once;
    std::call_once(once, [] { INVARIANT(::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
    Handle handle(::curl_easy_init());
    INVARIANT(handle != nullptr);
    return handle;
}

void append(List& list, const std::string& text) {
    auto* longer = ::curl_slist_append(list.get(), text.c_str());
    INVARIANT(longer != nullptr);
    (void)list.release();
    list.reset(longer);
}

struct Received {
    std::string bytes;
    std::size_t bytes_max = 0;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* to) {
    auto& received = *static_cast<Received*>(to);
    if (received.bytes.size() + size * count > received.bytes_max) {
        return 0;  // ends the transfer
    }
    received.bytes.append(data, size * count);
    return size * count;
}

struct Sending {
    std::string bytes;
    std::size_t at = 0;
};

std::size_t hand_over(char* to, std::size_t size, std::size_t count, void* from) {
    auto& sending = *static_cast<Sending*>(from);
    const auto bytes = std::min(size * count, sending.bytes.size() - sending.at);
    std::memcpy(to, sending.bytes.data() + sending.at, bytes);
    sending.at += bytes;
    return bytes;
}

int progress(void* stopping, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

void set_common(CURL* curl, const TransferOptions& options, base::Duration timeout) {
    constexpr int64_t kNsPerMs = 1'000'000;
    ::curl_easy_reset(curl);  // keeps its connections
    ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.ns / kNsPerMs));
    ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                       static_cast<long>(options.connect_timeout.ns / kNsPerMs));
    ::curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    ::curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options.ca_file.empty()) {
        ::curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    }
    if (options.is_stopping != nullptr) {
        ::curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        ::curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
        ::curl_easy_setopt(curl, CURLOPT_XFERINFODATA,
                           const_cast<std::atomic<bool>*>(options.is_stopping));
    }
}

std::string words_of(CURLcode code) {
    static constexpr std::array<std::pair<CURLcode, std::string_view>, 8> kWords{
        {{CURLE_COULDNT_RESOLVE_HOST, "its name cannot be resolved"},
         {CURLE_COULDNT_CONNECT, "nothing answers there"},
         {CURLE_OPERATION_TIMEDOUT, "no answer in time"},
         {CURLE_ABORTED_BY_CALLBACK, "stopped"},
         {CURLE_PEER_FAILED_VERIFICATION, "its certificate is not trusted"},
         {CURLE_SSL_CACERT_BADFILE, "the file of trusted certificates cannot be read"},
         {CURLE_USE_SSL_FAILED, "it offers no encryption (STARTTLS)"},
         {CURLE_LOGIN_DENIED, "it refused user or password"}}};
    for (const auto& [known, words] : kWords) {
        if (known == code) {
            return std::string(words);
        }
    }
    return ::curl_easy_strerror(code);  // a fixed text
}

class CurlHttpClient : public HttpClient {
 public:
    explicit CurlHttpClient(TransferOptions options)
        : options_(std::move(options)), handle_(make_handle()) {}

    base::Expected<HttpResponse> send(const HttpRequest& request) override {
        auto* curl = handle_.get();
        set_common(curl, options_, request.timeout);
        List headers;
        append(headers, "Expect:");
        for (const auto& [name, value] : request.headers) {
            append(headers, name + ": " + value);
        }
        Received received{.bytes = {}, .bytes_max = options_.response_bytes_max};
        ::curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
        ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        ::curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
        ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
        if (request.method == "POST") {
            ::curl_easy_setopt(curl, CURLOPT_POST, 1L);
            ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                               static_cast<curl_off_t>(request.body.size()));
            ::curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
        }
        const auto code = ::curl_easy_perform(curl);
        if (code != CURLE_OK) {
            const bool is_too_large = code == CURLE_WRITE_ERROR;
            return base::fail(
                is_too_large ? base::ErrorKind::Corrupt : base::ErrorKind::Unavailable,
                host_of(request.url) + ": " +
                    (is_too_large ? "the answer is larger than allowed" : words_of(code)));
        }
        long status = 0;
        curl_off_t retry_after = 0;
        ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        ::curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
        HttpResponse response{.status = static_cast<int>(status),
                              .body = std::move(received.bytes),
                              .retry_after_s = std::nullopt};
        if (retry_after > 0) {
            response.retry_after_s = retry_after;
        }
        return response;
    }

 private:
    TransferOptions options_;
    Handle handle_;
};

class CurlMailClient : public MailClient {
 public:
    CurlMailClient(MailServer server, base::Duration timeout, TransferOptions options)
        : server_(std::move(server)),
          timeout_(timeout),
          options_(std::move(options)),
          handle_(make_handle()) {}

    base::Expected<void> send(const Mail& mail) override {
        auto* curl = handle_.get();
        set_common(curl, options_, timeout_);
        const auto url = std::string(server_.is_implicit_tls ? "smtps" : "smtp") + "://" +
                         server_.host + ":" + std::to_string(server_.port);
        List recipients;
        for (const auto& address : mail.to) {
            append(recipients, "<" + address + ">");
        }
        Sending sending{.bytes = compose(mail), .at = 0};
        Received received{.bytes = {}, .bytes_max = options_.response_bytes_max};
        ::curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        ::curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
        if (!server_.user.empty()) {
            ::curl_easy_setopt(curl, CURLOPT_USERNAME, server_.user.c_str());
            ::curl_easy_setopt(curl, CURLOPT_PASSWORD, server_.password.reveal().c_str());
        }
        const auto from = "<" + mail.from + ">";
        ::curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
        ::curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
        ::curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        ::curl_easy_setopt(curl, CURLOPT_READFUNCTION, hand_over);
        ::curl_easy_setopt(curl, CURLOPT_READDATA, &sending);
        ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
        ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
        const auto code = ::curl_easy_perform(curl);
        long status = 0;
        ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (code == CURLE_OK) {
            return {};
        }
        constexpr long kPermanent = 500;
        const bool is_final =
            status >= kPermanent && code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED;
        return base::fail(is_final ? base::ErrorKind::Invalid : base::ErrorKind::Unavailable,
                          server_.host + ": " +
                              (is_final ? "the mail server refused the message" : words_of(code)) +
                              (status > 0 ? " (" + std::to_string(status) + ")" : ""));
    }

 private:
    MailServer server_;
    base::Duration timeout_;
    TransferOptions options_;
    Handle handle_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(TransferOptions options) {
    return std::make_unique<CurlHttpClient>(std::move(options));
}

std::unique_ptr<MailClient> make_mail_client(MailServer server, base::Duration timeout,
                                             TransferOptions options) {
    return std::make_unique<CurlMailClient>(std::move(server), timeout, std::move(options));
}

}  // namespace sauda::net
