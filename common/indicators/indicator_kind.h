#pragma once

#include "common/indicators/bar_input.h"
#include "common/indicators/outputs.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sauda::indicators {

// Any indicator of bars behind one interface: inputs are bars, outputs are named numbers.
class StreamingIndicator {
 public:
    virtual ~StreamingIndicator() = default;
    virtual void start_session() = 0;
    virtual void push(const BarInput& bar) = 0;
    // One place an output, in the order of names(); nullopt while an output is not ready.
    virtual void read(std::span<std::optional<double>> outputs) const = 0;
    [[nodiscard]] virtual std::vector<std::string> names() const = 0;
    [[nodiscard]] virtual std::unique_ptr<StreamingIndicator> clone() const = 0;
    virtual void save(base::BinaryWriter& writer) const = 0;
    virtual void load(base::BinaryReader& reader) = 0;
};

// Makes a StreamingIndicator of a class that push_bar() can feed and visit_outputs() can read.
template <class Indicator>
class Streaming final : public StreamingIndicator {
 public:
    explicit Streaming(Indicator indicator) : indicator_(std::move(indicator)) {}

    void start_session() override { begin_session(indicator_); }
    void push(const BarInput& bar) override { push_bar(indicator_, bar); }
    void read(std::span<std::optional<double>> outputs) const override {
        std::size_t i = 0;
        visit_outputs(indicator_, [&](std::string_view /*name*/, std::optional<double> value) {
            outputs[i++] = value;
        });
    }
    [[nodiscard]] std::vector<std::string> names() const override {
        std::vector<std::string> names;
        visit_outputs(indicator_, [&](std::string_view name, std::optional<double> /*value*/) {
            names.emplace_back(name);
        });
        return names;
    }
    [[nodiscard]] std::unique_ptr<StreamingIndicator> clone() const override {
        return std::make_unique<Streaming>(*this);
    }
    void save(base::BinaryWriter& writer) const override { writer.write(indicator_); }
    void load(base::BinaryReader& reader) override { reader.read(indicator_); }

 private:
    Indicator indicator_;
};

template <class Indicator>
std::unique_ptr<StreamingIndicator> streaming(Indicator indicator) {
    return std::make_unique<Streaming<Indicator>>(std::move(indicator));
}

// One number behind the name: "ema 21" has a period.
struct Parameter {
    std::string_view name;
    double least;
    double most;
    double usual;          // taken where the text leaves it out
    bool is_whole = true;  // a period
};

// The parameters of one indicator, checked against their kind.
class Parameters {
 public:
    explicit Parameters(std::vector<double> values) : values_(std::move(values)) {}
    [[nodiscard]] double number(std::size_t i) const { return values_[i]; }
    [[nodiscard]] uint32_t period(std::size_t i) const { return static_cast<uint32_t>(values_[i]); }
    [[nodiscard]] std::span<const double> values() const { return values_; }

 private:
    std::vector<double> values_;
};

// A row of the registry.
struct IndicatorKind {
    std::string_view name;  // lower case, one word
    std::string_view says;  // what it is, for lists
    std::vector<Parameter> parameters;
    std::unique_ptr<StreamingIndicator> (*make)(const Parameters&);
    // Bar (from 1) of the first value of the first output; null where that depends on the market.
    uint64_t (*first_bar)(const Parameters&) = nullptr;
    // What the parameters must be to each other: empty, or what is wrong ("fast must be below
    // slow"). Null: nothing.
    std::string_view (*check)(const Parameters&) = nullptr;
};

// The rows: of the standard indicators, and of those of market structure.
std::vector<IndicatorKind> standard_kinds();
std::vector<IndicatorKind> structure_kinds();

}  // namespace sauda::indicators
