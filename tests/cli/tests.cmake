# The program as its users meet it; needs Debian's python3.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name ask run result options bench resume signatures compare study branch limits hostile)
    add_test(NAME cli/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(cli/${name} PROPERTIES LABELS cli TIMEOUT 600
                         ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  endforeach()
  if(SAH_SANITIZE) # whose shadow needs terabytes of addresses
    set_property(TEST cli/hostile APPEND PROPERTY ENVIRONMENT SAH_SANITIZED=1)
  endif()
  add_test(NAME cli/many_kills
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_resume.py
                   Resume.test_killed_at_random_moments
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli/many_kills PROPERTIES LABELS slow TIMEOUT 3600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAHEL_KILLS=1000")
endif()
