#include "common/market/masters/read_file.h"

namespace sauda::masters {

base::Expected<void> read_rows(CsvRows& rows, MasterBuilder& builder,
                               const std::function<void(int64_t line)>& add) {
    while (true) {
        const auto row = rows.next();
        if (!row) {
            return std::unexpected(row.error());
        }
        switch (*row) {
            case CsvRows::Row::Whole:
                add(rows.line());
                break;
            case CsvRows::Row::Broken:
                builder.refuse(rows.line(), RowReason::Unreadable, "", rows.problem());
                break;
            case CsvRows::Row::End:
                return {};
        }
    }
}

base::Expected<LoadedMaster> finish_file(MasterBuilder builder, const MasterFile& file,
                                         const std::string& expected) {
    if (builder.sound_rows() == 0) {
        std::string why = builder.rows() == 0 ? "it has no rows" : "no row is sound";
        if (!builder.report().problems.empty()) {
            const auto& first = builder.report().problems.front();
            why += "; first: " + first.place + (first.field.empty() ? "" : ", " + first.field) +
                   ": " + first.text;
        }
        return base::fail(base::ErrorKind::Invalid, file.name + " is no " +
                                                        builder.report().format + ": expected " +
                                                        expected + "; " + why);
    }
    auto loaded = std::move(builder).finish();
    loaded.report.as_of_from = file.as_of_from;
    return loaded;
}

}  // namespace sauda::masters
