#pragma once

#include "common/domain/order.h"

#include <string>

namespace sauda::execution {

enum class VenueReportKind : uint8_t {
    Unspecified = 0,
    Accepted = 1,
    Fill = 2,
    Cancelled = 3,
    Rejected = 4,
    CancelRejected = 5,
    TimedOut = 6,  // no answer to our call
    Found = 7,     // the broker's book shows the order
    NotFound = 8,  // the broker's book has not shown it for the settle time
};

// What a broker says about one of our orders. The paper venue makes them; a live adapter would
// turn what it reads into the same values and journal them as inputs.
struct VenueReport {
    VenueReportKind kind = VenueReportKind::Unspecified;
    domain::ChildId child;
    base::Quantity quantity;  // Fill: of this execution, > 0
    base::Price price;        // Fill
    std::string execution;    // Fill: the venue's id; a repeated one is a duplicate
    std::string venue_order;
    bool modelled = false;  // Fill: against modelled sides
    domain::Reason reason;  // Rejected
};

}  // namespace sauda::execution
