#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sauda::search {

// The smallest pieces of a query: a run of letters, a number, or a date in figures.
struct Atom {
    enum class Kind : uint8_t { Word, Number, Date };
    Kind kind = Kind::Word;
    std::string text;       // a word in upper case; a number without grouping: "25000", "24.5"
    std::string typed;      // as it was written
    bool is_glued = false;  // nothing stands between it and the atom before
    int day = 0;            // of a date; year 0: not given
    int month = 0;
    int year = 0;
};

std::vector<Atom> atoms_of(std::string_view text);

// What a word means beside the name of an underlying.
struct Word {
    enum class Meaning : uint8_t {
        Noise,
        Call,
        Put,
        Future,
        Spot,
        Option,
        Month,     // value 1 to 12
        Weekday,   // value 0 to 6
        Exchange,  // value of domain::Exchange
        Next,
        This,
        Week,
        Weekly,
        MonthWord,
        Monthly,
        Nearest,
        Today,
        Tomorrow,
        Thousand,
        Ordinal,  // st, nd, rd, th
    };
    Meaning meaning = Meaning::Noise;
    int value = 0;
};
// nullopt: an unknown word, perhaps a name.
std::optional<Word> word_of(std::string_view upper);

}  // namespace sauda::search
