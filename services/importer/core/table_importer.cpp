#include "services/importer/core/table_importer.h"

namespace sauda::importer {

using domain::TradingDay;

const TradingDay& TableImporter::day_of(Date date) {
    const auto exchange = domain::exchange_of(row_.underlying);
    const auto [entry, is_new] = days_.try_emplace({exchange, date});
    if (is_new) {
        entry->second = rules_.day(exchange, date);
    }
    return entry->second;
}

// Daily figures are known at their session's close, or in the evening of the day.
std::optional<Refusal> TableImporter::settle_time() {
    const auto rule = reader_.map().known_rule;
    if (rule != KnownRule::SessionClose && rule != KnownRule::Evening) {
        return std::nullopt;
    }
    const auto& day = day_of(row_.date);
    if (!day.is_open && !scope_.all_hours) {
        return Refusal{RefusalReason::ClosedDay, domain::to_text(row_.date) + ", " + day.holiday};
    }
    const auto close = day.is_open ? day.close : base::ist(row_.date, base::minutes(15 * 60 + 30));
    row_.event_time = close;
    row_.known_time = rule == KnownRule::SessionClose ? close : row_.known_time;
    return std::nullopt;
}

std::optional<Refusal> TableImporter::leave_out(const TradingDay& day) const {
    const auto date = base::ist_date(row_.known_time);
    const bool is_asked =
        (scope_.only == domain::Underlying::Unspecified || scope_.only == row_.underlying) &&
        (scope_.from.days == 0 || date >= scope_.from) &&
        (scope_.to.days == 0 || date <= scope_.to);
    if (!is_asked) {
        return Refusal{RefusalReason::NotAsked, std::string(domain::to_text(row_.underlying)) +
                                                    " of " + domain::to_text(date)};
    }
    if (scope_.all_hours || reader_.map().known_rule == KnownRule::Evening) {
        return std::nullopt;
    }
    if (!day.is_open) {
        return reader_.map().keeps_closed_days
                   ? std::nullopt
                   : std::optional(Refusal{RefusalReason::ClosedDay,
                                           domain::to_text(date) + ", " + day.holiday});
    }
    if (row_.known_time < day.open || row_.known_time > day.close) {
        const auto minutes = base::ist_time_of_day(row_.known_time).ns / 60'000'000'000;
        const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return Refusal{RefusalReason::OutOfHours, "known on " + domain::to_text(date) + " at " +
                                                      two(minutes / 60) + ":" + two(minutes % 60)};
    }
    return std::nullopt;
}

std::expected<SessionBuilder*, Refusal> TableImporter::session() {
    auto& open = sessions_[row_.underlying];
    const auto date = base::ist_date(row_.known_time);
    if (open && row_.known_time < open->known()) {
        const auto seconds = (open->known() - row_.known_time).ns / 1'000'000'000;
        return std::unexpected(
            Refusal{RefusalReason::TimeBackwards,
                    "known " + std::to_string(seconds) + " s before the row above it"});
    }
    if (!open || open->date() != date) {
        if (open) {
            open->finish();
        }
        open =
            std::make_unique<SessionBuilder>(reader_.map(), rules_, sink_, row_.underlying, date);
    }
    return open.get();
}

void TableImporter::take_sides(uint64_t number, SessionBuilder& session) {
    uint64_t taken = 0;
    for (std::size_t i = 0; i < row_.sides; ++i) {
        const auto& side = row_.side[i];
        const auto refusal =
            side.figures ? session.add(row_, side) : std::optional(side.figures.error());
        if (!refusal) {
            ++taken;
            continue;
        }
        if (refusal->reason == RefusalReason::Crossed) {
            session.count_crossed();
        }
        report_.refusals.add(number, *refusal);
        ++report_.quotes_refused;
    }
    ++(taken > 0 ? report_.rows_taken : report_.rows_refused);
}

void TableImporter::line(uint64_t number, std::string_view text) {
    ++report_.rows_read;
    auto refusal = reader_.read(text, row_);
    if (!refusal && row_.is_foreign) {
        report_.left_out.add(number, {RefusalReason::Foreign, ""});
        ++report_.rows_left_out;
        return;
    }
    if (!refusal) {
        refusal = settle_time();
    }
    if (!refusal) {
        const auto reason = leave_out(day_of(base::ist_date(row_.known_time)));
        if (reason) {
            report_.left_out.add(number, *reason);
            ++report_.rows_left_out;
            return;
        }
    }
    std::expected<SessionBuilder*, Refusal> open = nullptr;
    if (!refusal) {
        open = session();
        if (!open) {
            refusal = open.error();
        }
    }
    if (refusal) {
        report_.refusals.add(number, *refusal);
        ++report_.rows_refused;
        return;
    }
    report_.relabelled += row_.is_relabelled ? 1 : 0;
    const auto before = (*open)->report().quotes;
    (*open)->begin_row(row_);
    take_sides(number, **open);
    report_.quotes += (*open)->report().quotes - before;
}

void TableImporter::finish() {
    for (auto& [underlying, session] : sessions_) {
        session->finish();
    }
    sessions_.clear();
}

}  // namespace sauda::importer
