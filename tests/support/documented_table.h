#pragma once

#include <string>

namespace sauda::test {

// Holds a table a test made against the one the documentation shows, so that the two cannot drift
// apart. `file` is relative to the checkout ("docs/accuracy/options.md"); there the table stands
// between the lines "<!-- table: NAME -->" and "<!-- end: NAME -->".
// Empty: equal. Otherwise what differs, a sentence. With SAUDA_WRITE_TABLES=1 in the environment
// the block is written (appended to the file if it is not there yet) and the answer is empty.
std::string documented_table(const std::string& file, const std::string& name,
                             const std::string& table);

}  // namespace sauda::test
