#pragma once

#include "common/market/masters/byte_source.h"
#include "common/market/masters/load_report.h"

// One reader per file format. Broken rows are counted in the report; an Error is about the whole
// file: cut short, damaged, or another file than expected.
namespace sauda::masters {

// Which file, and which date its attributes hold from.
struct MasterFile {
    std::string name;
    domain::Date as_of;
    std::string as_of_from;
};

// Angel One's OpenAPIScripMaster.json: one array of objects of strings; strike and tick in paise.
base::Expected<LoadedMaster> read_angel(Bytes bytes, const MasterFile& file);

// Upstox's instruments CSV; strike and tick in rupees.
base::Expected<LoadedMaster> read_upstox(Bytes bytes, const MasterFile& file);

// The exchanges' UDiFF bhavcopy of derivatives. Its date is that of its rows; file.as_of, where
// set, must be the same. Knows neither tick nor freeze.
base::Expected<LoadedMaster> read_udiff(Bytes bytes, const MasterFile& file);

// One text file of ICICI Breeze's SecurityMaster; strike in rupees, tick in paise.
struct IciciPart {
    std::string name;  // FONSEScripMaster.txt, FOBSEScripMaster.txt or MCXScripMaster.txt
    Bytes bytes;
};
// Whether such a part is read; the others are of the cash market, currency and funds.
bool is_icici_part(const std::string& name);
base::Expected<LoadedMaster> read_icici(std::vector<IciciPart> parts, const MasterFile& file);

}  // namespace sauda::masters
