#pragma once

namespace sauda::notifier {

// Hears the owner from outside, on a thread of its own. Destroying it ends the thread.
class Listener {
 public:
    virtual ~Listener() = default;
};

}  // namespace sauda::notifier
