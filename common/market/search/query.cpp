#include "common/market/search/query.h"

#include "common/market/search/query_numbers.h"
#include "common/market/search/underlying_names.h"

#include <algorithm>

namespace sauda::search {

using domain::Underlying;
using Meaning = Word::Meaning;

namespace {

constexpr std::size_t kNameAtoms = 4;  // "nifty financial services index"
constexpr std::size_t kReadingsMax = 24;

ReadAtom plain_atom(Atom atom) {
    auto word = atom.kind == Atom::Kind::Word ? word_of(atom.text) : std::nullopt;
    return {std::move(atom), word, false, false};
}

// The first `size` characters; the rest stays in `atom`, glued.
Atom split_off(Atom& atom, std::size_t size) {
    Atom head = atom;
    head.text.resize(size);
    head.typed.resize(size);
    atom.text.erase(0, size);
    atom.typed.erase(0, size);
    atom.is_glued = true;
    return head;
}

// "SEPFUT", "NIFTYCE": a month or a name, and a word behind it. 0: nothing of the kind.
std::size_t word_within(const std::string& text) {
    if (word_of(text) || underlying_by_name(text)) {
        return 0;
    }
    for (std::size_t size = text.size() - 1; size >= 3; --size) {
        const auto head = std::string_view(text).substr(0, size);
        const auto front = word_of(head);
        const bool is_month = front && front->meaning == Meaning::Month;
        const auto back = word_of(std::string_view(text).substr(size));
        const bool is_kind =
            back && (back->meaning == Meaning::Call || back->meaning == Meaning::Put ||
                     back->meaning == Meaning::Future);
        if (is_kind && (is_month || underlying_by_name(head))) {
            return size;
        }
    }
    return 0;
}

std::vector<ReadAtom> read_atoms(std::string_view text) {
    std::vector<ReadAtom> list;
    for (auto& atom : atoms_of(text)) {
        // NIFTYNXT5026OCT: the name ends within the figures.
        const bool ends_name = !list.empty() && atom.kind == Atom::Kind::Number && atom.is_glued &&
                               atom.text.size() > 2 && atom.text.starts_with("50") &&
                               !underlying_by_name(list.back().atom.text) &&
                               underlying_by_name(list.back().atom.text + "50");
        const auto size = ends_name ? 2
                          : atom.kind == Atom::Kind::Word && atom.text.size() > 3
                              ? word_within(atom.text)
                              : 0;
        if (size > 0) {
            list.push_back(plain_atom(split_off(atom, size)));
        }
        list.push_back(plain_atom(std::move(atom)));
    }
    return list;
}

std::string joined(const std::vector<ReadAtom>& atoms, std::size_t begin, std::size_t size,
                   const char* between, bool as_typed) {
    std::string text;
    for (std::size_t i = begin; i < begin + size; ++i) {
        text += text.empty() ? "" : between;
        text += as_typed ? atoms[i].atom.typed : atoms[i].atom.text;
    }
    return text;
}

bool all_of_kind(const std::vector<ReadAtom>& atoms, std::size_t begin, std::size_t size,
                 bool are_unknown_words) {
    for (std::size_t i = begin; i < begin + size; ++i) {
        const auto& one = atoms[i];
        if (one.atom.kind == Atom::Kind::Date || (are_unknown_words && one.word) ||
            (are_unknown_words && one.atom.kind != Atom::Kind::Word)) {
            return false;
        }
    }
    return true;
}

// Longer names first: "bank nifty" is not NIFTY, and "bnk nifty" neither.
std::optional<Underlying> take_underlying(std::vector<ReadAtom>& atoms, std::string& guessed) {
    for (std::size_t size = std::min(kNameAtoms, atoms.size()); size > 0; --size) {
        for (const bool is_guess : {false, true}) {
            for (std::size_t i = 0; i + size <= atoms.size(); ++i) {
                if (atoms[i].atom.kind != Atom::Kind::Word ||
                    !all_of_kind(atoms, i, size, is_guess)) {
                    continue;
                }
                const auto name = joined(atoms, i, size, "", false);
                const auto found = is_guess ? underlying_by_typo(name) : underlying_by_name(name);
                if (!found) {
                    continue;
                }
                guessed = is_guess ? joined(atoms, i, size, " ", true) : "";
                for (std::size_t j = i; j < i + size; ++j) {
                    atoms[j].is_used = true;
                }
                if (i + size < atoms.size()) {
                    atoms[i + size].follows_name = atoms[i + size].atom.is_glued;
                }
                return found;
            }
        }
    }
    return std::nullopt;
}

// The words that are neither names nor numbers.
class WordReader {
 public:
    explicit WordReader(Query& query) : query_(query) {}

    void read(const Word& word) {
        switch (word.meaning) {
            case Meaning::Call:
            case Meaning::Put:
            case Meaning::Future:
            case Meaning::Spot:
            case Meaning::Option:
                read_kind(word.meaning);
                break;
            case Meaning::Weekday:
                query_.weekday = word.value;
                break;
            case Meaning::Exchange:
                query_.exchange = static_cast<domain::Exchange>(word.value);
                break;
            case Meaning::Next:
                is_next_ = true;
                wish(ExpiryWish::Next);
                break;
            case Meaning::This:
                is_this_ = true;
                break;
            case Meaning::Week:
                wish(is_next_   ? ExpiryWish::NextWeek
                     : is_this_ ? ExpiryWish::ThisWeek
                                : ExpiryWish::Nearest);
                break;
            case Meaning::Weekly:
                wish(is_next_ ? ExpiryWish::Next : ExpiryWish::Nearest);
                break;
            case Meaning::MonthWord:
            case Meaning::Monthly:
                wish(is_next_   ? ExpiryWish::NextMonth
                     : is_this_ ? ExpiryWish::ThisMonth
                                : ExpiryWish::Monthly);
                break;
            case Meaning::Nearest:
                wish(ExpiryWish::Nearest);
                break;
            case Meaning::Today:
                query_.days_ahead = 0;
                break;
            case Meaning::Tomorrow:
                query_.days_ahead = 1;
                break;
            case Meaning::Noise:
            case Meaning::Month:
            case Meaning::Thousand:
            case Meaning::Ordinal:
                break;
        }
    }

 private:
    void wish(ExpiryWish expiry) { query_.expiry = expiry; }

    // Call and put together mean either; both say more than "option" or "index".
    void read_kind(Meaning meaning) {
        const auto kind = query_.kind;
        const bool has_right = kind == KindWish::Call || kind == KindWish::Put;
        if (meaning == Meaning::Call) {
            query_.kind = kind == KindWish::Put ? KindWish::Option : KindWish::Call;
        } else if (meaning == Meaning::Put) {
            query_.kind = kind == KindWish::Call ? KindWish::Option : KindWish::Put;
        } else if (meaning == Meaning::Future) {
            query_.kind = KindWish::Future;
        } else if (meaning == Meaning::Option && !has_right) {
            query_.kind = KindWish::Option;
        } else if (meaning == Meaning::Spot && kind == KindWish::Any) {
            query_.kind = KindWish::Spot;
        }
    }

    Query& query_;
    bool is_next_ = false;
    bool is_this_ = false;
};

// False: both name a day, a month or a year.
bool merge(Query& query, const NumberReading& reading) {
    const auto clashes = [](const std::optional<int>& a, const std::optional<int>& b) {
        return a && b && *a != *b;
    };
    if (clashes(query.day, reading.day) || clashes(query.month, reading.month) ||
        clashes(query.year, reading.year)) {
        return false;
    }
    query.day = reading.day ? reading.day : query.day;
    query.month = reading.month ? reading.month : query.month;
    query.year = reading.year ? reading.year : query.year;
    if (reading.is_monthly && query.expiry == ExpiryWish::Any) {
        query.expiry = ExpiryWish::Monthly;
    }
    if (reading.strike) {
        query.strikes.push_back(*reading.strike);
    }
    return true;
}

std::vector<Query> combine(const Query& base,
                           const std::vector<std::vector<NumberReading>>& groups) {
    std::vector<Query> readings{base};
    for (const auto& group : groups) {
        std::vector<Query> longer;
        for (const auto& so_far : readings) {
            for (const auto& one : group) {
                auto query = so_far;
                if (merge(query, one) && longer.size() < kReadingsMax) {
                    longer.push_back(std::move(query));
                }
            }
        }
        if (!longer.empty()) {
            readings = std::move(longer);
        }
    }
    return readings;
}

}  // namespace

ParsedQuery parse_query(std::string_view text) {
    ParsedQuery parsed;
    auto atoms = read_atoms(text);
    Query base;
    base.underlying = take_underlying(atoms, parsed.guessed);
    const auto groups = read_numbers(atoms);
    WordReader words(base);
    for (const auto& one : atoms) {
        if (one.is_used) {
            continue;
        }
        if (one.word) {
            words.read(*one.word);
        } else {
            parsed.unknown.push_back(one.atom.typed);
        }
    }
    parsed.readings = combine(base, groups);
    for (auto& reading : parsed.readings) {
        if (!reading.strikes.empty() && reading.kind == KindWish::Any) {
            reading.kind = KindWish::Option;
        }
    }
    return parsed;
}

}  // namespace sauda::search
