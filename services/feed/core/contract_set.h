#pragma once

#include "common/domain/contract_id.h"

#include <unordered_set>
#include <vector>

namespace sauda::feed {

// Contracts in order of first insertion, with a constant-time question per quote.
class ContractSet {
 public:
    void insert(domain::ContractId contract) {
        if (index_.insert(contract.raw()).second) {
            contracts_.push_back(contract);
        }
    }
    [[nodiscard]] bool contains(domain::ContractId contract) const {
        return index_.contains(contract.raw());
    }
    void clear() {
        contracts_.clear();
        index_.clear();
    }
    [[nodiscard]] std::size_t size() const { return contracts_.size(); }

    template <class Archive>
    void visit_fields(Archive& archive) {
        archive.fields("contracts", contracts_);
        if (index_.size() != contracts_.size()) {  // only after reading
            index_.clear();
            for (const auto contract : contracts_) {
                index_.insert(contract.raw());
            }
        }
    }

 private:
    std::vector<domain::ContractId> contracts_;
    std::unordered_set<uint64_t> index_;  // never iterated
};

}  // namespace sauda::feed
