#pragma once

#include "services/feed/shell/source.h"
#include "services/lab/core/lab_run.h"

#include <memory>

namespace sauda::lab {

// The feed's own source as the lab's market data. A message that was refused keeps its place in
// the stream and is empty.
class SourceData : public MarketData {
 public:
    explicit SourceData(std::unique_ptr<feed::Source> source) : source_(std::move(source)) {}
    [[nodiscard]] const domain::SourceInfo& info() const override { return source_->info(); }
    [[nodiscard]] std::optional<domain::Timestamp> next_time() override {
        return source_->next_time();
    }
    domain::Message pop() override {
        auto item = source_->pop();
        if (item.is_refused) {
            item.message.payload = domain::QuoteBatch{};
        }
        return std::move(item.message);
    }
    [[nodiscard]] uint64_t refused() const { return source_->refused(); }

 private:
    std::unique_ptr<feed::Source> source_;
};

}  // namespace sauda::lab
