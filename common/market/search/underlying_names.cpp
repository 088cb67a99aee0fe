#include "common/market/search/underlying_names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace sauda::search {

using domain::Underlying;

namespace {

constexpr std::array kNames{
    UnderlyingName{"BANKEX", Underlying::BANKEX},
    UnderlyingName{"BANKNIFTY", Underlying::BANKNIFTY},
    UnderlyingName{"BNF", Underlying::BANKNIFTY},
    UnderlyingName{"BSEBANKEX", Underlying::BANKEX},
    UnderlyingName{"BSESENSEX", Underlying::SENSEX},
    UnderlyingName{"CNXBANK", Underlying::BANKNIFTY},
    UnderlyingName{"CRUDE", Underlying::CRUDEOIL},
    UnderlyingName{"CRUDEMINI", Underlying::CRUDEOILM},
    UnderlyingName{"CRUDEOIL", Underlying::CRUDEOIL},
    UnderlyingName{"CRUDEOILM", Underlying::CRUDEOILM},
    UnderlyingName{"CRUDEOILMINI", Underlying::CRUDEOILM},
    UnderlyingName{"FINNIFTY", Underlying::FINNIFTY},
    UnderlyingName{"INDIAVIX", Underlying::INDIAVIX},
    UnderlyingName{"MIDCAPNIFTY", Underlying::MIDCPNIFTY},
    UnderlyingName{"MIDCAPSELECT", Underlying::MIDCPNIFTY},
    UnderlyingName{"MIDCPNIFTY", Underlying::MIDCPNIFTY},
    UnderlyingName{"NEXT50", Underlying::NIFTYNXT50},
    UnderlyingName{"NIFTY", Underlying::NIFTY},
    UnderlyingName{"NIFTY50", Underlying::NIFTY},
    UnderlyingName{"NIFTYBANK", Underlying::BANKNIFTY},
    UnderlyingName{"NIFTYFINANCIALSERVICES", Underlying::FINNIFTY},
    UnderlyingName{"NIFTYFINANCIALSERVICESINDEX", Underlying::FINNIFTY},
    UnderlyingName{"NIFTYFINSERVICE", Underlying::FINNIFTY},
    UnderlyingName{"NIFTYMIDCAPSELECT", Underlying::MIDCPNIFTY},
    UnderlyingName{"NIFTYMIDSELECT", Underlying::MIDCPNIFTY},
    UnderlyingName{"NIFTYNEXT50", Underlying::NIFTYNXT50},
    UnderlyingName{"NIFTYNXT50", Underlying::NIFTYNXT50},
    UnderlyingName{"NN50", Underlying::NIFTYNXT50},
    UnderlyingName{"SENSEX", Underlying::SENSEX},
    UnderlyingName{"VIX", Underlying::INDIAVIX},
};

constexpr bool is_sorted() {
    for (std::size_t i = 1; i < kNames.size(); ++i) {
        if (!(kNames[i - 1].name < kNames[i].name)) {
            return false;
        }
    }
    return true;
}
static_assert(is_sorted());

constexpr std::size_t kShortestGuess = 4;  // of three letters everything is near everything
constexpr std::size_t kLongName = 8;

}  // namespace

std::span<const UnderlyingName> underlying_names() { return kNames; }

std::string plain_name(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') {
            plain += static_cast<char>(c - 'a' + 'A');
        } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            plain += c;
        }
    }
    return plain;
}

std::optional<Underlying> underlying_by_name(std::string_view text) {
    const auto plain = plain_name(text);
    const auto found = std::lower_bound(
        kNames.begin(), kNames.end(), plain,
        [](const UnderlyingName& entry, const std::string& name) { return entry.name < name; });
    if (found == kNames.end() || found->name != plain) {
        return std::nullopt;
    }
    return found->underlying;
}

std::optional<Underlying> underlying_by_typo(std::string_view text) {
    const auto plain = plain_name(text);
    if (plain.size() < kShortestGuess) {
        return std::nullopt;
    }
    const int limit = plain.size() >= kLongName ? 2 : 1;
    int best = limit + 1;
    std::optional<Underlying> nearest;
    for (const auto& entry : kNames) {
        if (entry.name.size() < kShortestGuess) {
            continue;
        }
        const int distance = edit_distance(plain, entry.name, limit);
        if (distance < best) {
            best = distance;
            nearest = entry.underlying;
        } else if (distance == best && best <= limit && nearest != entry.underlying) {
            nearest.reset();
        }
    }
    return nearest;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
    const auto longer = std::max(a.size(), b.size());
    if (longer - std::min(a.size(), b.size()) > static_cast<std::size_t>(limit)) {
        return limit + 1;
    }
    std::vector<int> before(b.size() + 1);
    std::vector<int> last(b.size() + 1);
    std::vector<int> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = static_cast<int>(j);
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return std::min(last[b.size()], limit + 1);
}

}  // namespace sauda::search
