#pragma once

#include "common/net/mail_client.h"
#include "services/notifier/shell/carrier.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sauda::notifier {

// Alerts as mails of text, what gathered meanwhile in one; the report of a day as a mail of its own
// with text and HTML. The report is waited for, because the recorder writes it when the session is
// over.
class MailCarrier : public Carrier {
 public:
    struct Options {
        std::string from;
        std::vector<std::string> to;
        std::string environment;
        std::string reports;                           // folder
        base::Duration patience = base::seconds(120);  // for the report
    };
    using WallClock = std::function<base::Timestamp()>;
    MailCarrier(Options options, std::unique_ptr<net::MailClient> mail, WallClock now);

    Outcome deliver(const Parcel& parcel) override;
    [[nodiscard]] std::size_t lines_max() const override;

 private:
    [[nodiscard]] net::Mail alerts(const Parcel& parcel) const;

    Options options_;
    std::unique_ptr<net::MailClient> mail_;
    WallClock now_;
    uint64_t waiting_for_ = 0;  // the delivery whose report is not written yet
    base::Timestamp waiting_since_;
};

}  // namespace sauda::notifier
