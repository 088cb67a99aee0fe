# sauda_library(NAME domain SOURCES a.cpp ... LINK base ...)   -> static library sauda_domain
function(sauda_library)
    cmake_parse_arguments(A "" "NAME" "SOURCES;LINK" ${ARGN})
    if(A_SOURCES)
        add_library(sauda_${A_NAME} STATIC ${A_SOURCES})
        target_link_libraries(sauda_${A_NAME} PUBLIC project_options ${A_LINK})
    else()
        add_library(sauda_${A_NAME} INTERFACE)
        target_link_libraries(sauda_${A_NAME} INTERFACE project_options ${A_LINK})
    endif()
endfunction()

# sauda_program(NAME feed SOURCES main.cpp LINK sauda_feed_shell)   -> executable sauda-feed
function(sauda_program)
    cmake_parse_arguments(A "" "NAME" "SOURCES;LINK" ${ARGN})
    add_executable(${A_NAME} ${A_SOURCES})
    target_link_libraries(${A_NAME} PRIVATE project_options ${A_LINK})
    add_dependencies(programs ${A_NAME})
endfunction()

# sauda_unit_test(NAME domain SOURCES x_test.cpp ... LINK sauda_domain)   -> ctest "unit.domain"
function(sauda_unit_test)
    cmake_parse_arguments(A "" "NAME;LABEL" "SOURCES;LINK" ${ARGN})
    if(NOT A_LABEL)
        set(A_LABEL unit)
    endif()
    string(REPLACE "." "_" target ${A_NAME})
    add_executable(${A_LABEL}_${target} ${A_SOURCES})
    target_link_libraries(${A_LABEL}_${target} PRIVATE project_options sauda_test_main ${A_LINK})
    add_dependencies(unit_and_sim ${A_LABEL}_${target})
    add_test(NAME ${A_LABEL}.${A_NAME} COMMAND ${A_LABEL}_${target})
    set_tests_properties(${A_LABEL}.${A_NAME} PROPERTIES LABELS ${A_LABEL}
        ENVIRONMENT "SAUDA_SOURCE_DIR=${CMAKE_SOURCE_DIR};SAUDA_BIN_DIR=${CMAKE_BINARY_DIR}/bin")
endfunction()
