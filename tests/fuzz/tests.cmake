# Twenty seconds of fuzzing for each target, with clang whatever the build is made with.
# fuzz/build makes the targets once (kept for the next time); without clang's fuzzer
# runtime the tests say so and are skipped. A long run: docs/hostile-input.md.
if(SAH_SANITIZE OR SAH_COVERAGE)
  return()
endif()
find_program(SAH_CLANG NAMES clang-14 clang)
mark_as_advanced(SAH_CLANG)
set(SAH_FUZZ_BUILD ${PROJECT_BINARY_DIR}/fuzz)

function(sah_fuzz_test name)
  add_test(NAME fuzz/${name}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DBINARY=${SAH_FUZZ_BUILD}
      -DGENERATOR=${CMAKE_GENERATOR} -DCOMPILER=${SAH_CLANG}
      -DLAUNCHER=${CMAKE_C_COMPILER_LAUNCHER} -Dtarget=${name}
      -P ${PROJECT_SOURCE_DIR}/tests/fuzz/run.cmake
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(fuzz/${name} PROPERTIES LABELS fuzz TIMEOUT 900
    SKIP_REGULAR_EXPRESSION "^skipped: ")
endfunction()

sah_fuzz_test(build)
set_tests_properties(fuzz/build PROPERTIES FIXTURES_SETUP fuzz_targets)
foreach(name scenario geography events flee fit result layout restart resume request)
  sah_fuzz_test(${name})
  set_tests_properties(fuzz/${name} PROPERTIES FIXTURES_REQUIRED fuzz_targets
    ENVIRONMENT "OMP_NUM_THREADS=1;ASAN_OPTIONS=quarantine_size_mb=32:detect_leaks=0")
endforeach()
set_tests_properties(fuzz/geography fuzz/events fuzz/flee PROPERTIES
  ENVIRONMENT "OMP_NUM_THREADS=1;ASAN_OPTIONS=quarantine_size_mb=32")
