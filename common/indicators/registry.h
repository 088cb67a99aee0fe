#pragma once

#include "common/base/expected.h"
#include "common/indicators/indicator_kind.h"

namespace sauda::indicators {

// All kinds, sorted by name.
const std::vector<IndicatorKind>& indicator_kinds();

// An indicator by its name and numbers, as configurations write it: "ema 21", "supertrend 10 3",
// "rsi" (numbers left out at the end take their usual value). A value: copies go their own ways.
class NamedIndicator {
 public:
    NamedIndicator() = default;  // of no kind: shows nothing; there for containers and loading

    // The error is a sentence with the text, the parameter and its range.
    static base::Expected<NamedIndicator> make(std::string_view text);

    NamedIndicator(const NamedIndicator& other);
    NamedIndicator& operator=(const NamedIndicator& other);
    NamedIndicator(NamedIndicator&&) noexcept = default;
    NamedIndicator& operator=(NamedIndicator&&) noexcept = default;
    ~NamedIndicator() = default;

    void start_session();
    // False, and nothing is learned, from a bar that is not sound (is_sound).
    bool push(const BarInput& bar);

    // All numbers written out: "macd 12 26 9".
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    // As of the last bar, in the order of names(); nullopt while not ready.
    [[nodiscard]] const std::vector<std::optional<double>>& values() const { return values_; }
    // The value of that name; nullopt also where there is no such name.
    [[nodiscard]] std::optional<double> value(std::string_view name) const;
    // Its main value, the first one, is known.
    [[nodiscard]] bool is_ready() const { return !values_.empty() && values_[0].has_value(); }
    // Bar (from 1) of the first main value; nullopt where that depends on the market.
    [[nodiscard]] std::optional<uint64_t> first_bar() const { return first_bar_; }

    template <class Visit>
    void visit_outputs(Visit&& visit) const {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            visit(std::string_view(names_[i]), values_[i]);
        }
    }

    // Saved with its text: what is loaded is of the kind and with the numbers that were saved.
    template <class Archive>
    void visit_fields(Archive& archive) {
        std::string text = text_;
        std::string state = save();
        archive.fields("text, state", text, state);
        if constexpr (std::is_same_v<Archive, base::BinaryReader>) {
            if (archive.ok() && !load(text, state)) {
                for (uint64_t rest = 0; archive.ok();) {
                    archive.read(rest);  // not ours: read over the end, so that ok() is false
                }
            }
        }
    }

 private:
    [[nodiscard]] std::string save() const;
    bool load(const std::string& text, const std::string& state);
    void read_values();

    std::string text_;
    std::vector<std::string> names_;
    std::optional<uint64_t> first_bar_;
    std::unique_ptr<StreamingIndicator> indicator_;
    std::vector<std::optional<double>> values_;
};

}  // namespace sauda::indicators
