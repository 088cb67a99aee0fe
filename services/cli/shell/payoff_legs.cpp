#include "common/base/decimal.h"
#include "services/cli/shell/payoff_view.h"

#include <algorithm>
#include <cctype>

namespace sauda::cli {

using base::ErrorKind;
using base::Expected;
using base::fail;

namespace {

constexpr const char* kForm =
    "; a leg is said like 'sell 1 24550 CE', 'buy 2 24800 PE @45.50' or 'buy 1 FUT'";
constexpr int64_t kLotsMax = 10'000;

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::optional<base::Price> parse_price(const std::string& text) {
    const auto raw = base::parse_decimal(text, 4);
    return raw && *raw > 0 ? std::optional(base::Price::from_raw(*raw)) : std::nullopt;
}

// Goes through the words one after the other.
class Words {
 public:
    explicit Words(const std::vector<std::string>& words) : words_(words) {}
    [[nodiscard]] bool is_done() const { return at_ >= words_.size(); }
    [[nodiscard]] std::string peek() const { return is_done() ? "" : words_[at_]; }
    std::string take() { return is_done() ? "" : words_[at_++]; }

 private:
    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
};

std::unexpected<base::Error> expected(const std::string& what, const std::string& got) {
    return fail(ErrorKind::Invalid,
                (got.empty() ? "the legs end where " : "'" + got + "' stands where ") + what +
                    " should be" + kForm);
}

Expected<void> parse_contract_words(Words& words, AskedLeg& leg) {
    const auto word = words.take();
    if (upper(word) == "FUT") {
        leg.kind = options::LegKind::Underlying;
        return {};
    }
    // "24550CE" as one word is understood too.
    auto strike_word = word;
    std::string kind;
    if (word.size() > 2 && std::isalpha(static_cast<unsigned char>(word.back())) != 0) {
        kind = upper(word.substr(word.size() - 2));
        strike_word = word.substr(0, word.size() - 2);
    }
    const auto strike = parse_price(strike_word);
    if (!strike) {
        return expected("a strike or FUT", word);
    }
    if (kind.empty()) {
        kind = words.take();
    }
    const auto said = upper(kind);
    if (said != "CE" && said != "PE") {
        return expected("CE or PE", kind);
    }
    leg.strike = *strike;
    leg.kind = said == "CE" ? options::LegKind::Call : options::LegKind::Put;
    return {};
}

Expected<AskedLeg> parse_leg(Words& words) {
    AskedLeg leg;
    const auto side = words.take();
    if (upper(side) != "BUY" && upper(side) != "SELL") {
        return expected("buy or sell", side);
    }
    leg.side = upper(side) == "BUY" ? domain::Side::Buy : domain::Side::Sell;
    const auto lots_word = words.take();
    const auto lots = base::parse_decimal(lots_word, 0);
    if (!lots || *lots < 1 || *lots > kLotsMax) {
        return expected("a number of lots from 1 to 10,000", lots_word);
    }
    leg.lots = *lots;
    if (auto done = parse_contract_words(words, leg); !done) {
        return std::unexpected(done.error());
    }
    if (words.peek().starts_with('@')) {
        const auto word = words.take();
        leg.price = parse_price(word.substr(1));
        if (!leg.price) {
            return expected("a price like @118.60", word);
        }
    }
    return leg;
}

}  // namespace

Expected<std::vector<AskedLeg>> parse_legs(const std::vector<std::string>& words) {
    Words rest(words);
    std::vector<AskedLeg> legs;
    do {
        auto leg = parse_leg(rest);
        if (!leg) {
            return std::unexpected(leg.error());
        }
        legs.push_back(*leg);
        if (legs.size() > domain::kLegsMax) {
            return fail(ErrorKind::Invalid,
                        "a group has at most " + std::to_string(domain::kLegsMax) + " legs");
        }
    } while (!rest.is_done());
    return legs;
}

}  // namespace sauda::cli
