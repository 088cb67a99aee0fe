#include "services/instruments/shell/changes.h"

#include "common/market/masters/load_master.h"
#include "common/market/masters/master_cache.h"
#include "services/instruments/shell/store.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace sauda::instruments {

using namespace domain;
using masters::Change;
using masters::ChangeKind;

namespace {

constexpr int kDiffers = 3;
constexpr std::size_t kShownOfEach = 20;
constexpr std::array kKinds{ChangeKind::LotChanged,    ChangeKind::ExpiryMoved,
                            ChangeKind::TokenChanged,  ChangeKind::TickChanged,
                            ChangeKind::FreezeChanged, ChangeKind::Gone,
                            ChangeKind::New,           ChangeKind::Expired};

std::string change_text(const Change& change) {
    return domain::to_text(change.contract) + " (" + human_name(change.contract) + ")" +
           (change.before.empty() ? "" : ": " + change.before + " -> " + change.after);
}

// New, gone and expired contracts come by the hundred: their counts by underlying and expiry.
std::string counts_text(const std::vector<Change>& changes, ChangeKind kind, std::size_t shown) {
    std::map<std::tuple<Underlying, std::string, Date>, int64_t> counts;
    int64_t all = 0;
    for (const auto& change : changes) {
        if (change.kind == kind) {
            ++counts[{change.contract.underlying(), change.before, change.contract.expiry()}];
            ++all;
        }
    }
    std::string text = std::string(kind == ChangeKind::ExpiryMoved ? "  ALERT " : "    ") +
                       std::string(to_text(kind)) + ": " + counted(all, "contract") + ": ";
    std::size_t n = 0;
    for (const auto& [key, count] : counts) {
        if (++n > shown) {
            text += "; and " + counted(static_cast<int64_t>(counts.size() - shown), "expiry group");
            break;
        }
        const auto& [underlying, from, expiry] = key;
        text += (n == 1 ? "" : "; ") + std::string(to_text(underlying)) + " " +
                (from.empty() ? "" : from + " -> ") +
                (expiry.days == 0 ? "spot" : date_text(expiry)) + " " + grouped(count);
    }
    return all == 0 ? "" : text + "\n";
}

std::string lines_text(const std::vector<Change>& changes, ChangeKind kind, std::size_t shown) {
    std::string text;
    std::size_t n = 0;
    for (const auto& change : changes) {
        if (change.kind == kind && ++n <= shown) {
            text += std::string(change.is_alert() ? "  ALERT " : "    ") +
                    std::string(to_text(kind)) + ": " + change_text(change) + "\n";
        }
    }
    return n > shown ? text + "    ... and " + grouped(static_cast<int64_t>(n - shown)) +
                           " more like it\n"
                     : text;
}

base::Expected<masters::Master> open_master(const std::string& name, const DiffRequest& request) {
    const auto kept = request.folder + "/" + name + (name.ends_with(".csv") ? "" : ".csv");
    for (const auto& saved : masters::saved_masters(request.folder)) {
        if (saved.path == kept || saved.path == name) {
            return masters::read_saved_master(saved.path);
        }
    }
    auto loaded = masters::load_master(name, {request.as_of});
    if (!loaded) {
        return std::unexpected(loaded.error());
    }
    return std::move(loaded->master);
}

}  // namespace

std::string changes_text(const masters::Master& before, const masters::Master& after,
                         std::size_t shown) {
    const auto changes = masters::changes_between(before, after);
    std::string text;
    for (const auto kind : kKinds) {
        const bool is_counted = kind == ChangeKind::Gone || kind == ChangeKind::New ||
                                kind == ChangeKind::Expired || kind == ChangeKind::ExpiryMoved;
        text += is_counted ? counts_text(changes, kind, shown) : lines_text(changes, kind, shown);
    }
    if (masters::looks_cut_short(before, changes)) {
        text +=
            "  ALERT more than a fifth of the open contracts are gone: the newer file may be "
            "cut short or of another segment. Load it again.\n";
    }
    return text.empty() ? "    nothing changed\n" : text;
}

std::string finding_text(const masters::CheckFinding& finding) {
    return std::string(to_text(finding.kind)) + ": " + std::string(to_text(finding.underlying)) +
           (finding.of == ContractKind::Future ? " future of " : " options of ") +
           date_text(finding.expiry) + ", " + counted(finding.contracts, "contract") + ": " +
           finding.text;
}

Answer diff(const DiffRequest& request) {
    const auto before = open_master(request.before, request);
    const auto after = open_master(request.after, request);
    if (!before || !after) {
        return {1, "", (before ? after.error() : before.error()).text + "\n"};
    }
    if (before->broker != after->broker) {
        return {1, "",
                request.before + " is of " + std::string(to_text(before->broker)) + ", " +
                    request.after + " of " + std::string(to_text(after->broker)) +
                    "; only masters of one source can be compared\n"};
    }
    Answer answer;
    const auto changes = masters::changes_between(*before, *after);
    const bool has_alert = std::any_of(changes.begin(), changes.end(),
                                       [](const Change& change) { return change.is_alert(); });
    answer.code = has_alert ? kDiffers : 0;
    answer.text = std::string(to_text(after->broker)) + ": from " + date_text(before->as_of) +
                  " to " + date_text(after->as_of) + "\n" +
                  changes_text(*before, *after, kShownOfEach);
    return answer;
}

Answer check(const CheckRequest& request) {
    const auto opened = open_book(request.folder, request.date);
    const auto rules = open_rules(request.rules);
    if (!rules) {
        return {1, "", rules.error().text + "\n"};
    }
    Answer answer;
    for (const auto& problem : opened.problems) {
        answer.code = 1;
        answer.error += problem + "\n";
    }
    if (opened.book.empty()) {
        answer.code = 1;
        answer.error += "No master is loaded: `sauda instruments load FILE`\n";
        return answer;
    }
    for (const auto& master : opened.book.masters()) {
        const auto findings = masters::check_against_rules(master, *rules);
        answer.text += std::string(to_text(master.broker)) + " of " + date_text(master.as_of) +
                       ", " + counted(static_cast<int64_t>(master.contracts.size()), "contract") +
                       ": " + (findings.empty() ? "agrees with the dated rules" : "") + "\n";
        for (const auto& finding : findings) {
            const bool is_lot = finding.kind == masters::CheckKind::LotDiffers;
            answer.code = is_lot ? kDiffers : answer.code;
            answer.text += (is_lot ? "  ALERT " : "    ") + finding_text(finding) + "\n";
        }
    }
    std::size_t n = 0;
    const auto disagreements = opened.book.disagreements(request.date);
    for (const auto& one : disagreements) {
        answer.code = one.field == "lot" ? kDiffers : answer.code;
        if (++n <= kShownOfEach) {
            answer.text += (one.field == "lot" ? "  ALERT " : "    ") + one.field + " of " +
                           domain::to_text(one.contract) + ": " + one.text + "\n";
        }
    }
    if (n > kShownOfEach) {
        answer.text += "    ... and " + grouped(static_cast<int64_t>(n - kShownOfEach)) +
                       " more between masters\n";
    }
    return answer;
}

Answer list(const std::string& folder) {
    const auto saved = masters::saved_masters(folder);
    Answer answer;
    for (const auto& one : saved) {
        answer.text += std::string(to_text(one.broker)) + "-" + domain::to_text(one.as_of) + "  " +
                       date_text(one.as_of) + "  " + one.path + "\n";
    }
    if (saved.empty()) {
        answer.text = "No master is loaded in " + folder + ": `sauda instruments load FILE`\n";
    }
    return answer;
}

}  // namespace sauda::instruments
