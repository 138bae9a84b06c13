# Bad scenarios with their exact messages, and those that come along; needs Debian's python3.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name bad classic sahel)
    add_test(NAME scenarios/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  endforeach()
  set_tests_properties(scenarios/bad scenarios/classic scenarios/sahel PROPERTIES LABELS scenarios TIMEOUT 600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  add_test(NAME scenarios/history
           COMMAND ${SAH_PYTHON} docs/history/run.py --seeds 3 --coarse --check --jobs 1
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(scenarios/history PROPERTIES LABELS scenarios TIMEOUT 600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>")
endif()
