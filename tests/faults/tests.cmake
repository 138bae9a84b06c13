# Failing memory, failing disks, damaged files. Where a sanitizer brings its own allocator
# memory cannot be made to fail; a preloaded library then stands before the sanitizer's.
add_library(fail_alloc MODULE faults/fail_alloc.c)
add_library(fail_io MODULE faults/fail_io.c)
set_target_properties(fail_alloc fail_io PROPERTIES PREFIX "" C_STANDARD 17 C_EXTENSIONS ON
  LIBRARY_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/faults)

# sah_fault_test(<name> <label> <depth>) runs test_<name>.py; `depth` scales its samples.
function(sah_fault_test name label depth)
  set(test faults/${name})
  if(label STREQUAL slow)
    set(test faults/${name}_slow)
  endif()
  add_test(NAME ${test} COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${test} PROPERTIES LABELS ${label} TIMEOUT 3600
    ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;FAULT_LIBRARIES=${CMAKE_CURRENT_BINARY_DIR}/faults;FAULT_DEPTH=${depth};LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0;ASAN_OPTIONS=verify_asan_link_order=0")
endfunction()

find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  sah_fault_test(damage faults 1)
  sah_fault_test(damage slow 10)
  if(NOT SAH_SANITIZE)
    foreach(name alloc io disk)
      sah_fault_test(${name} faults 1)
      sah_fault_test(${name} slow 10)
    endforeach()
  endif()
endif()
