#include "common/market/masters/master_builder.h"

#include "common/market/search/underlying_names.h"

#include <algorithm>
#include <numeric>

namespace sauda::masters {

using namespace domain;

namespace {

constexpr int64_t kShownOfEach = 3;
constexpr std::size_t kNamesKept = 2000;  // a damaged file must not fill the memory with names
constexpr std::size_t kNameSize = 48;

std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, kNameSize)) {
        out += c >= ' ' && c <= '~' && c != '"' && c != ',' ? c : '?';
    }
    return out;
}

bool is_test_name(std::string_view name) { return name.find("NSETEST") != std::string_view::npos; }

}  // namespace

int64_t LoadReport::broken() const {
    int64_t sum = 0;
    for (int i = 0; i < kRowReasons; ++i) {
        sum += is_broken(static_cast<RowReason>(i)) ? counts[static_cast<std::size_t>(i)] : 0;
    }
    return sum;
}

MasterBuilder::MasterBuilder(Broker broker, Date as_of, std::string file, std::string format,
                             std::string row_word)
    : row_word_(std::move(row_word)), part_(file) {
    master_.broker = broker;
    master_.as_of = as_of;
    master_.source = file;
    report_.file = std::move(file);
    report_.format = std::move(format);
}

std::string MasterBuilder::place(const std::string& part, int64_t row) const {
    return part + " " + row_word_ + " " + std::to_string(row);
}
std::string MasterBuilder::place_of(const Placed& placed) const {
    return place(parts_[placed.part], placed.row);
}

void MasterBuilder::pass(RowReason reason) {
    ++report_.rows;
    count(reason);
}

void MasterBuilder::explain(std::string where, RowReason reason, std::string field,
                            std::string text) {
    if (report_.count(reason) <= kShownOfEach) {
        report_.problems.push_back({reason, std::move(where), std::move(field), std::move(text)});
    }
}

void MasterBuilder::refuse(int64_t row, RowReason reason, std::string field, std::string text) {
    pass(reason);
    explain(place(part_, row), reason, std::move(field), std::move(text));
}

void MasterBuilder::leave_out(LeftOut why, std::string_view name) {
    auto key = std::pair(why, printable(name));
    if (left_out_.size() >= kNamesKept && left_out_.find(key) == left_out_.end()) {
        key.second = "others";
    }
    ++left_out_[std::move(key)];
}

std::optional<Underlying> MasterBuilder::underlying(Exchange exchange, Asset asset,
                                                    std::string_view name) {
    if (is_test_name(name)) {
        pass(RowReason::TestRow);
        return std::nullopt;
    }
    if (asset == Asset::Stock) {
        leave_out(LeftOut::PhysicalDelivery, name);
        pass(RowReason::PhysicalDelivery);
        return std::nullopt;
    }
    const auto known = search::underlying_by_name(name);
    // The same name on another exchange is another thing: NSE has a CRUDEOIL of its own.
    if (known && exchange_of(*known) == exchange) {
        return known;
    }
    const bool is_index = asset == Asset::Index;
    leave_out(is_index ? LeftOut::UnknownIndex : LeftOut::NotNumbered, name);
    pass(is_index ? RowReason::UnknownIndex : RowReason::NotNumbered);
    return std::nullopt;
}

void MasterBuilder::add(int64_t row, ListedContract listed) {
    const auto expiry = listed.contract.expiry();
    if (expiry.days != 0 && expiry < master_.as_of) {
        pass(RowReason::Expired);
        return;
    }
    ++report_.rows;
    if (parts_.empty() || parts_.back() != part_) {
        parts_.push_back(part_);
    }
    placed_.push_back({std::move(listed), row, static_cast<uint32_t>(parts_.size() - 1), false});
}

// Refuses the rows [begin, end) with what the first two of them say.
void MasterBuilder::clash(std::size_t begin, std::size_t end, RowReason reason,
                          const std::string& field) {
    for (std::size_t i = begin; i < end; ++i) {
        if (!placed_[i].is_refused) {
            placed_[i].is_refused = true;
            count(reason);
        }
    }
    const auto& a = placed_[begin];
    const auto& b = placed_[begin + 1];
    const auto what = [](const Placed& one) {
        return domain::to_text(one.listed.contract) + " with lot " +
               std::to_string(one.listed.lot.raw()) + " and token " + one.listed.token;
    };
    explain(place_of(a), reason, field, what(a) + "; " + place_of(b) + ": " + what(b));
}

void MasterBuilder::settle_contract(std::size_t begin, std::size_t end) {
    bool has_two_lots = false;
    bool has_two_tokens = false;
    for (std::size_t i = begin + 1; i < end; ++i) {
        has_two_lots = has_two_lots || placed_[i].listed.lot != placed_[begin].listed.lot;
        has_two_tokens = has_two_tokens || placed_[i].listed.token != placed_[begin].listed.token;
    }
    if (has_two_lots) {
        clash(begin, end, RowReason::TwoLots, "lot");
    } else if (has_two_tokens) {
        clash(begin, end, RowReason::TwoTokens, "token");
    } else {
        for (std::size_t i = begin + 1; i < end; ++i) {
            placed_[i].is_refused = true;
            count(RowReason::Repeated);
        }
    }
}

void MasterBuilder::settle_repeats() {
    std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
        return a.listed.contract < b.listed.contract;
    });
    for (std::size_t begin = 0; begin < placed_.size();) {
        std::size_t end = begin + 1;
        while (end < placed_.size() &&
               placed_[end].listed.contract == placed_[begin].listed.contract) {
            ++end;
        }
        if (end - begin > 1) {
            settle_contract(begin, end);
        }
        begin = end;
    }
}

void MasterBuilder::settle_shared_tokens() {
    std::erase_if(placed_, [](const Placed& placed) { return placed.is_refused; });
    std::sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
        return std::tuple(segment_of(a.listed.contract), std::string_view(a.listed.token),
                          a.listed.contract) < std::tuple(segment_of(b.listed.contract),
                                                          std::string_view(b.listed.token),
                                                          b.listed.contract);
    });
    for (std::size_t begin = 0; begin < placed_.size();) {
        std::size_t end = begin + 1;
        while (end < placed_.size() && placed_[end].listed.token == placed_[begin].listed.token &&
               segment_of(placed_[end].listed.contract) ==
                   segment_of(placed_[begin].listed.contract)) {
            ++end;
        }
        if (end - begin > 1) {
            clash(begin, end, RowReason::SharedToken, "token");
        }
        begin = end;
    }
    std::erase_if(placed_, [](const Placed& placed) { return placed.is_refused; });
}

LoadedMaster MasterBuilder::finish() && {
    settle_repeats();
    settle_shared_tokens();
    master_.contracts.reserve(placed_.size());
    for (auto& placed : placed_) {
        master_.contracts.push_back(std::move(placed.listed));
    }
    placed_.clear();
    std::sort(
        master_.contracts.begin(), master_.contracts.end(),
        [](const ListedContract& a, const ListedContract& b) { return a.contract < b.contract; });
    report_.understood = static_cast<int64_t>(master_.contracts.size());
    for (const auto& [key, rows] : left_out_) {
        master_.left_out.push_back({key.first, key.second, rows});
    }
    return {std::move(master_), std::move(report_)};
}

}  // namespace sauda::masters
