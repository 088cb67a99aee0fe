#include "services/instruments/shell/load.h"

#include "common/market/masters/load_master.h"
#include "common/market/masters/master_cache.h"
#include "common/market/masters/master_check.h"
#include "common/market/masters/master_diff.h"
#include "services/instruments/shell/changes.h"
#include "services/instruments/shell/store.h"

#include <algorithm>

namespace sauda::instruments {

using namespace domain;
using masters::RowReason;

namespace {

constexpr int kKeptPerBroker = 30;
constexpr std::size_t kNamesShown = 6;
constexpr std::size_t kAlertsShown = 12;

std::string names_text(const masters::Master& master, masters::LeftOut why) {
    std::vector<masters::LeftOutName> names;
    for (const auto& one : master.left_out) {
        if (one.why == why) {
            names.push_back(one);
        }
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const auto& a, const auto& b) { return a.rows > b.rows; });
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < kNamesShown; ++i) {
        text += (i == 0 ? "" : ", ") + names[i].name + " " + grouped(names[i].rows);
    }
    if (names.size() > kNamesShown) {
        text += ", and " + grouped(static_cast<int64_t>(names.size() - kNamesShown)) + " more";
    }
    return text;
}

std::string names_of(const masters::Master& master, RowReason reason) {
    if (reason == RowReason::PhysicalDelivery) {
        return names_text(master, masters::LeftOut::PhysicalDelivery);
    }
    if (reason == RowReason::UnknownIndex) {
        return names_text(master, masters::LeftOut::UnknownIndex);
    }
    return reason == RowReason::NotNumbered ? names_text(master, masters::LeftOut::NotNumbered)
                                            : "";
}

std::string problems_text(const masters::LoadReport& report, RowReason reason) {
    std::string text;
    for (const auto& problem : report.problems) {
        if (problem.reason == reason) {
            text += "        " + problem.place +
                    (problem.field.empty() ? "" : ", " + problem.field) + ": " + problem.text +
                    "\n";
        }
    }
    return text;
}

std::string reason_text(const masters::LoadedMaster& loaded, RowReason reason) {
    const auto& report = loaded.report;
    const bool is_alert = reason == RowReason::UnknownIndex;
    const char* mark = is_alert ? "  ALERT " : masters::is_broken(reason) ? "  BROKEN " : "    ";
    const auto names = names_of(loaded.master, reason);
    std::string text = mark + grouped(report.count(reason)) + " " +
                       std::string(masters::to_text(reason)) +
                       (names.empty() ? "" : " (" + names + ")");
    const auto why = masters::explanation(reason);
    return text + (why.empty() ? "" : ". " + std::string(why)) + "\n" +
           problems_text(report, reason);
}

// Against the newest master of the same broker that is not later. An earlier file of the same day
// keeps the segments this one does not list.
std::string changes_since(masters::Master& master, const std::string& folder) {
    const masters::SavedMaster* found = nullptr;
    const auto saved = masters::saved_masters(folder);
    for (const auto& one : saved) {
        found = one.broker == master.broker && one.as_of <= master.as_of ? &one : found;
    }
    if (found == nullptr) {
        return "";
    }
    auto before = masters::read_saved_master(found->path);
    if (!before) {
        return "  " + before.error().text + "\n";
    }
    const auto segments = master.segments();
    std::string text = "  since " + std::string(to_text(before->broker)) + " of " +
                       date_text(before->as_of) + ":\n" +
                       changes_text(masters::limited_to(*before, segments), master, kAlertsShown);
    for (const auto segment : before->segments()) {
        if (std::find(segments.begin(), segments.end(), segment) == segments.end()) {
            text += "    it lists nothing of " + std::string(to_text(segment)) +
                    ", which that one does" +
                    (before->as_of == master.as_of ? " and which stays\n" : "\n");
        }
    }
    if (before->as_of == master.as_of) {
        master = masters::merged(std::move(*before), std::move(master));
    }
    return text;
}

std::string against_rules(const masters::Master& master, const MarketRules& rules) {
    const auto findings = masters::check_against_rules(master, rules);
    std::string text;
    int64_t others = 0;
    for (const auto& finding : findings) {
        if (finding.kind == masters::CheckKind::LotDiffers) {
            text += "  ALERT " + finding_text(finding) + "\n";
        } else {
            ++others;
        }
    }
    if (others > 0) {
        text += "  " + counted(others, "smaller difference") +
                " from the dated rules: `sauda instruments check` lists them\n";
    }
    return text;
}

}  // namespace

std::string report_text(const masters::LoadedMaster& loaded) {
    const auto& report = loaded.report;
    std::string text = report.file + ": " + report.format + " of " +
                       date_text(loaded.master.as_of) + " (date: " + report.as_of_from + ")\n  " +
                       counted(report.rows, "row") + ": " + counted(report.understood, "contract") +
                       " kept, " + grouped(report.broken()) + " broken, " +
                       grouped(report.rows - report.understood - report.broken()) + " left out\n";
    for (int i = 0; i < masters::kRowReasons; ++i) {
        const auto reason = static_cast<RowReason>(i);
        text += report.count(reason) == 0 ? "" : reason_text(loaded, reason);
    }
    for (const auto& note : report.notes) {
        text += "    " + note + "\n";
    }
    if (report.understood == 0) {
        text += "  Nothing of it is traded here.\n";
    }
    return text;
}

Answer load(const LoadRequest& request) {
    Answer answer;
    const auto rules = open_rules(request.rules);
    for (const auto& file : request.files) {
        auto loaded = masters::load_master(file, {request.as_of});
        if (!loaded) {
            answer.code = 1;
            answer.error += "NOT LOADED " + loaded.error().text + "\n";
            continue;
        }
        answer.text += report_text(*loaded);
        if (loaded->master.contracts.empty()) {
            answer.code = 1;
            answer.error += "NOT KEPT " + file +
                            ": it holds no contract of ours on that date; if the date is wrong, "
                            "give the right one with --as-of\n";
            continue;
        }
        answer.text += changes_since(loaded->master, request.folder);
        answer.text += rules ? against_rules(loaded->master, *rules)
                             : "  not held against the dated rules: " + rules.error().text + "\n";
        const auto saved = masters::save_master(loaded->master, request.folder);
        if (saved) {
            answer.text += "  kept in " + *saved + "\n";
        } else {
            answer.error += "NOT KEPT " + file + ": " + saved.error().text + "\n";
        }
        answer.code = saved ? answer.code : 1;
    }
    masters::prune_saved_masters(request.folder, kKeptPerBroker);
    return answer;
}

}  // namespace sauda::instruments
