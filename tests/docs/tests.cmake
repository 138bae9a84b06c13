# The documents against the program and each other; needs Debian's python3.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name docs tutorial site)
    add_test(NAME docs/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(docs/${name} PROPERTIES LABELS docs TIMEOUT 600
                         ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  endforeach()
endif()
