#include "tests/unit/common/masters/live_bytes.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

// In a file of its own: where a compiler sees both, it takes the pair for mismatched.
namespace sauda::test {

std::size_t live_bytes = 0;
std::size_t peak_bytes = 0;

}  // namespace sauda::test

void* operator new(std::size_t size) {
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    sauda::test::live_bytes += malloc_usable_size(memory);
    if (sauda::test::live_bytes > sauda::test::peak_bytes) {
        sauda::test::peak_bytes = sauda::test::live_bytes;
    }
    return memory;
}
void operator delete(void* memory) noexcept {
    sauda::test::live_bytes -= memory == nullptr ? 0 : malloc_usable_size(memory);
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
