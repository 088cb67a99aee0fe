#include "services/notifier/shell/mail_carrier.h"

#include "common/base/hash.h"
#include "common/wire/format.h"
#include "services/notifier/shell/report_mail.h"

#include <algorithm>

namespace sauda::notifier {

namespace {

std::string subject_of(const Parcel& parcel) {
    const auto worst =
        std::max_element(parcel.lines.begin(), parcel.lines.end(),
                         [](const Line& a, const Line& b) { return a.severity < b.severity; });
    const std::string mark = worst->severity == domain::Severity::Critical  ? "CRITICAL: "
                             : worst->severity == domain::Severity::Warning ? "Warning: "
                                                                            : "";
    const auto others = parcel.lines.size() - 1;
    return mark + worst->text + (others == 0 ? "" : " (and " + std::to_string(others) + " more)");
}

}  // namespace

MailCarrier::MailCarrier(Options options, std::unique_ptr<net::MailClient> mail, WallClock now)
    : options_(std::move(options)), mail_(std::move(mail)), now_(std::move(now)) {}

std::size_t MailCarrier::lines_max() const {
    constexpr std::size_t kLinesMax = 50;
    return kLinesMax;
}

net::Mail MailCarrier::alerts(const Parcel& parcel) const {
    net::Mail mail{.from = options_.from, .to = options_.to};
    mail.subject = "[" + options_.environment + "] " + subject_of(parcel);
    for (const auto& line : parcel.lines) {
        mail.text += domain::to_text(base::ist_date(line.at)) + " " + wire::ist_clock(line.at) +
                     "  " + std::string(wire::text_of(line.severity)) + "  " + line.text + "  [" +
                     line.event + "]\n";
    }
    return mail;
}

Outcome MailCarrier::deliver(const Parcel& parcel) {
    const auto& first = parcel.lines.front();
    net::Mail mail = alerts(parcel);
    if (first.report) {
        const auto report = read_report(options_.reports, *first.report);
        if (waiting_for_ != first.delivery) {
            waiting_for_ = first.delivery;
            waiting_since_ = now_();
        }
        if (!report && now_() - waiting_since_ < options_.patience) {
            return {.fate = Fate::Later,
                    .why = "the report of " + *first.report + " is not written yet",
                    .wait = base::milliseconds(500)};
        }
        if (report) {
            mail.subject = "[" + options_.environment + "] " + report->subject;
            mail.text = report->text;
            mail.html = report->html;
        }
    }
    mail.date = now_();
    mail.message_id = base::to_hex(base::hash_bytes(first.key)) + "." +
                      std::to_string(parcel.lines.size()) + "@sauda";
    const auto sent = mail_->send(mail);
    if (sent) {
        return {};
    }
    return {.fate = sent.error().kind == base::ErrorKind::Invalid ? Fate::Never : Fate::Later,
            .why = sent.error().text};
}

}  // namespace sauda::notifier
