#pragma once

#include "common/market/masters/csv_rows.h"
#include "common/market/masters/formats.h"
#include "common/market/masters/master_builder.h"

#include <functional>

// What the readers of one format have in common.
namespace sauda::masters {

// Hands every whole row to `add`; broken ones are refused. Corrupt: cut short.
base::Expected<void> read_rows(CsvRows& rows, MasterBuilder& builder,
                               const std::function<void(int64_t line)>& add);

// The master, or Invalid where the file holds no sound row at all and so is another file than
// `expected` names.
base::Expected<LoadedMaster> finish_file(MasterBuilder builder, const MasterFile& file,
                                         const std::string& expected);

}  // namespace sauda::masters
