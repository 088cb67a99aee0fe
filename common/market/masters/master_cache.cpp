#include "common/market/masters/master_cache.h"

#include "common/base/hash.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace sauda::masters {

using base::ErrorKind;
using base::Expected;
using base::fail;
using namespace domain;

namespace {

constexpr std::string_view kTitle = "sauda instruments 1";
constexpr std::string_view kEnd = "end,";

std::string file_name(Broker broker, Date as_of) {
    return std::string(to_text(broker)) + "-" + domain::to_text(as_of) + ".csv";
}

std::string plain(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), ',', ' ');
    return text;
}

std::string text_of(const Master& master) {
    std::string out(kTitle);
    out += "," + std::string(to_text(master.broker)) + "," + domain::to_text(master.as_of) + "," +
           plain(master.source) + "\n";
    for (const auto& name : master.left_out) {
        out += "left_out," + std::to_string(static_cast<int>(name.why)) + "," +
               std::to_string(name.rows) + "," + plain(name.name) + "\n";
    }
    for (const auto& listed : master.contracts) {
        out += base::to_hex(listed.contract.raw()) + "," + std::to_string(listed.lot.raw()) + "," +
               (listed.tick ? std::to_string(listed.tick->raw()) : "") + "," +
               (listed.freeze ? std::to_string(listed.freeze->raw()) : "") + "," + listed.token +
               "," + listed.symbol + "\n";
    }
    return out + std::string(kEnd) + std::to_string(master.contracts.size()) + "," +
           std::to_string(base::crc32c(out)) + "\n";
}

template <std::size_t N>
bool split(std::string_view line, std::array<std::string_view, N>& cells) {
    for (std::size_t i = 0; i < N; ++i) {
        const auto comma = line.find(',');
        const bool is_last = i + 1 == N;
        if (is_last != (comma == std::string_view::npos)) {
            return false;
        }
        cells[i] = line.substr(0, comma);
        line.remove_prefix(is_last ? line.size() : comma + 1);
    }
    return true;
}

template <class T>
bool parse(std::string_view text, T& value, int radix = 10) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, radix);
    return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

bool parse_listed(std::string_view line, ListedContract& listed) {
    std::array<std::string_view, 6> cells;
    uint64_t contract = 0;
    int64_t lot = 0;
    int64_t tick = 0;
    int64_t freeze = 0;
    if (!split(line, cells) || !parse(cells[0], contract, 16) || !parse(cells[1], lot) ||
        (!cells[2].empty() && !parse(cells[2], tick)) ||
        (!cells[3].empty() && !parse(cells[3], freeze))) {
        return false;
    }
    listed.contract = ContractId::from_raw(contract);
    listed.lot = base::units(lot);
    if (!cells[2].empty()) {
        listed.tick = Price::from_raw(tick);
    }
    if (!cells[3].empty()) {
        listed.freeze = base::units(freeze);
    }
    listed.token = cells[4];
    listed.symbol = cells[5];
    return listed.contract.is_valid() && lot > 0;
}

bool parse_left_out(std::string_view line, LeftOutName& name) {
    std::array<std::string_view, 4> cells;
    int why = 0;
    if (!split(line, cells) || !parse(cells[1], why) || !parse(cells[2], name.rows) || why < 0 ||
        why > static_cast<int>(LeftOut::NotNumbered)) {
        return false;
    }
    name.why = static_cast<LeftOut>(why);
    name.name = cells[3];
    return true;
}

bool parse_title(std::string_view line, Master& master) {
    std::array<std::string_view, 4> cells;
    if (!split(line, cells) || cells[0] != kTitle) {
        return false;
    }
    const auto broker = parse_broker(cells[1]);
    const auto as_of = domain::parse_date(cells[2]);
    if (!broker || !as_of) {
        return false;
    }
    master.broker = *broker;
    master.as_of = *as_of;
    master.source = cells[3];
    return true;
}

// The body without its last line, if that line vouches for it.
std::optional<std::string_view> vouched(std::string_view text, std::size_t& contracts) {
    const auto end = text.rfind("\n" + std::string(kEnd));
    if (end == std::string_view::npos || !text.ends_with('\n')) {
        return std::nullopt;
    }
    const auto body = text.substr(0, end + 1);
    auto line = text.substr(end + 1);
    line.remove_suffix(1);
    std::array<std::string_view, 3> cells;
    uint32_t crc = 0;
    if (!split(line, cells) || !parse(cells[1], contracts) || !parse(cells[2], crc) ||
        crc != base::crc32c(body)) {
        return std::nullopt;
    }
    return body;
}

bool parse_body(std::string_view body, std::size_t contracts, Master& master) {
    master.contracts.reserve(contracts);
    for (bool is_first = true; !body.empty(); is_first = false) {
        const auto end = body.find('\n');
        const auto line = body.substr(0, end);
        body.remove_prefix(end + 1);
        if (is_first) {
            if (!parse_title(line, master)) {
                return false;
            }
        } else if (line.starts_with("left_out,")) {
            if (!parse_left_out(line, master.left_out.emplace_back())) {
                return false;
            }
        } else if (!parse_listed(line, master.contracts.emplace_back())) {
            return false;
        }
    }
    return master.contracts.size() == contracts &&
           std::is_sorted(master.contracts.begin(), master.contracts.end(),
                          [](const ListedContract& a, const ListedContract& b) {
                              return a.contract < b.contract;
                          });
}

Expected<void> write_synced(const std::string& path, std::string_view text) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool is_ok = fd >= 0;
    while (is_ok && !text.empty()) {
        const auto written = ::write(fd, text.data(), text.size());
        is_ok = written > 0;
        text.remove_prefix(is_ok ? static_cast<std::size_t>(written) : 0);
    }
    is_ok = is_ok && ::fsync(fd) == 0;
    const int problem = errno;
    if (fd >= 0) {
        ::close(fd);
    }
    return is_ok ? Expected<void>()
                 : fail(ErrorKind::Unavailable,
                        "cannot write " + path + ": " + std::strerror(problem));
}

}  // namespace

Expected<std::string> save_master(const Master& master, const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const auto path = folder + "/" + file_name(master.broker, master.as_of);
    const auto beside = path + ".partial";
    if (const auto written = write_synced(beside, text_of(master)); !written) {
        return std::unexpected(written.error());
    }
    std::filesystem::rename(beside, path, error);
    if (error) {
        return fail(ErrorKind::Unavailable, "cannot write " + path + ": " + error.message());
    }
    return path;
}

Expected<Master> read_saved_master(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail(ErrorKind::NotFound, "cannot read " + path);
    }
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    std::size_t contracts = 0;
    Master master;
    const auto body = vouched(text, contracts);
    if (!body || contracts > text.size() || !parse_body(*body, contracts, master)) {
        return fail(ErrorKind::Corrupt,
                    path +
                        " is damaged or of another version; remove it and load the master again "
                        "with `sauda instruments load`");
    }
    return master;
}

std::vector<SavedMaster> saved_masters(const std::string& folder) {
    std::vector<SavedMaster> list;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        const auto dash = name.find('-');
        if (dash == std::string::npos || !name.ends_with(".csv")) {
            continue;
        }
        const auto broker = parse_broker(std::string_view(name).substr(0, dash));
        const auto as_of =
            domain::parse_date(std::string_view(name).substr(dash + 1, name.size() - dash - 5));
        if (broker && as_of) {
            list.push_back({*broker, *as_of, entry.path().string()});
        }
    }
    std::sort(list.begin(), list.end(), [](const SavedMaster& a, const SavedMaster& b) {
        return std::tuple(a.broker, a.as_of) < std::tuple(b.broker, b.as_of);
    });
    return list;
}

int prune_saved_masters(const std::string& folder, int keep) {
    const auto list = saved_masters(folder);
    int removed = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto newer =
            std::count_if(list.begin() + static_cast<std::ptrdiff_t>(i) + 1, list.end(),
                          [&](const SavedMaster& other) { return other.broker == list[i].broker; });
        std::error_code error;
        removed += newer >= keep && std::filesystem::remove(list[i].path, error) ? 1 : 0;
    }
    return removed;
}

}  // namespace sauda::masters
