# Flags every target of the project compiles with. SANITIZE is empty, "address,undefined" or "thread".
set(SANITIZE "" CACHE STRING "sanitizers to build with")

add_library(project_options INTERFACE)
target_include_directories(project_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(project_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
    -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized  # false alarms of GCC 12 (PR 105329, 105562)
    -ffp-contract=off -fno-fast-math)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
if(SANITIZE)
    target_compile_options(project_options INTERFACE
        -fsanitize=${SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1 -O1
        -Wno-error)  # instrumented code sets off more of GCC's false alarms
    target_link_options(project_options INTERFACE -fsanitize=${SANITIZE})
endif()
