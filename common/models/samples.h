#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sauda::models {

// What is learned from: one row for each decision a bar allowed, in order of time. What happened
// to it is known only at its end, so rows overlap and are fewer events than they look.
struct Samples {
    std::size_t features = 0;
    std::vector<float> values;     // rows x features; NaN: missing
    std::vector<int64_t> starts;   // when the row was known, ns; ascending
    std::vector<int64_t> ends;     // when its outcome was, ns; after its start
    std::vector<uint8_t> labels;   // 1: the rise paid better
    std::vector<double> call_net;  // of one lot, rupees
    std::vector<double> put_net;
    std::vector<double> weights;  // uniqueness: an event's rows weigh one together

    [[nodiscard]] std::size_t rows() const { return starts.size(); }
    [[nodiscard]] std::span<const float> row(std::size_t i) const {
        return std::span(values).subspan(i * features, features);
    }
    [[nodiscard]] double events() const;  // sum of the weights: independent ones
};

// For each row the mean over its life of 1 / (rows alive then), looked at when rows start (Lopez
// de Prado 2018, ch. 4).
std::vector<double> uniqueness(std::span<const int64_t> starts, std::span<const int64_t> ends);

// Rows to learn from and rows to be judged on, none of which may have told the others.
struct Fold {
    std::vector<std::size_t> train;
    std::vector<std::size_t> test;
};
// Blocks of rows that follow each other; each is tested once. From the training rows of a block
// all are purged whose life overlaps that of any test row, and those that start within `embargo`
// after it. folds >= 2, at most the number of rows.
std::vector<Fold> purged_folds(std::span<const int64_t> starts, std::span<const int64_t> ends,
                               std::size_t folds, int64_t embargo_ns);

}  // namespace sauda::models
