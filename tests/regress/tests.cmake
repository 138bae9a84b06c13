foreach(name books community_phase reading threads)
  sah_test(regress ${name} sah_test_world)
endforeach()
set_tests_properties(regress/books regress/reading PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
target_link_libraries(test_regress_threads PRIVATE OpenMP::OpenMP_C)
sah_test(regress classics sah::models OpenMP::OpenMP_C)
sah_test(regress snapshot sah_test_world sah::study)
set_tests_properties(regress/snapshot PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)

# Two compilers, optimised or not, one digest: regress/compilers.cmake.
add_executable(sah_tiny_digest regress/tiny_digest.c)
target_link_libraries(sah_tiny_digest PRIVATE sah_test_world)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  find_program(SAH_OTHER_COMPILER NAMES clang-14 clang)
else()
  find_program(SAH_OTHER_COMPILER NAMES gcc)
endif()
mark_as_advanced(SAH_OTHER_COMPILER)
function(sah_other_build name compiler type)
  add_test(NAME regress/compilers${name}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR}
      -DBINARY=${PROJECT_BINARY_DIR}/other_compiler${name} -DGENERATOR=${CMAKE_GENERATOR}
      -DCOMPILER=${compiler} -DTYPE=${type} -DLAUNCHER=${CMAKE_C_COMPILER_LAUNCHER}
      -DPROGRAM=$<TARGET_FILE:sah_tiny_digest>
      -P ${PROJECT_SOURCE_DIR}/tests/regress/compilers.cmake
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(regress/compilers${name} PROPERTIES
    LABELS regress TIMEOUT 1800 ENVIRONMENT OMP_WAIT_POLICY=passive)
endfunction()
if(SAH_OTHER_COMPILER)
  sah_other_build("" ${SAH_OTHER_COMPILER} Release)
  sah_other_build(_other_debug ${SAH_OTHER_COMPILER} Debug)
endif()
sah_other_build(_release ${CMAKE_C_COMPILER} Release)
sah_other_build(_debug ${CMAKE_C_COMPILER} Debug)

# Any processor; needs Debian's python3 and, for emulated ones, qemu-user.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  add_test(NAME regress/processors
    COMMAND ${SAH_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/test_processors.py
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(regress/processors PROPERTIES LABELS regress TIMEOUT 600
    ENVIRONMENT "OMP_WAIT_POLICY=passive;SAHEL=$<TARGET_FILE:sahel>;SAH_TINY_DIGEST=$<TARGET_FILE:sah_tiny_digest>;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  if(SAH_SANITIZE) # their memory maps do not fit into the emulator
    set_tests_properties(regress/processors PROPERTIES LABELS slow)
  endif()
endif()
