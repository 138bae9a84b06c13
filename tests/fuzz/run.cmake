# Builds the fuzz targets (target = build), or runs one of them: first all its seeds, then
# SECONDS (20) of new inputs from a fixed seed of chance.
cmake_minimum_required(VERSION 3.25)
if(NOT SECONDS)
  set(SECONDS 20)
  if(target STREQUAL "fit") # small
    set(SECONDS 6)
  endif()
endif()
set(FUZZ ${SOURCE}/tests/fuzz)
set(program ${BINARY}/tests/fuzz/fuzz_${target})

# libfyaml 0.7 leaks after some syntax errors, HDF5 keeps memory for good: leaks are
# looked for where only our own code is at work (ASAN_OPTIONS in tests.cmake).
set(scenario_options -max_len=8192
  ${FUZZ}/corpus/scenario ${SOURCE}/tests/scenarios/bad)
set(geography_options -max_len=8192 ${FUZZ}/corpus/geography)
set(events_options -max_len=8192 ${FUZZ}/corpus/events)
set(flee_options -max_len=8192 ${FUZZ}/corpus/flee)
set(restart_options -max_len=8192 ${FUZZ}/corpus/restart)
set(fit_options -max_len=4096 ${FUZZ}/corpus/fit)
set(result_options -max_len=70000 ${FUZZ}/corpus/result)
set(layout_options -max_len=512 ${FUZZ}/corpus/layout)
set(request_options -max_len=4096 ${FUZZ}/corpus/request)
set(resume_options -max_len=512 ${FUZZ}/corpus/resume)

function(check_libfuzzer)
  set(probe ${BINARY}/probe)
  file(WRITE ${probe}.c "#include <stddef.h>\n#include <stdint.h>
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { return data && size > size; }\n")
  execute_process(COMMAND ${COMPILER} -fsanitize=fuzzer,address,undefined ${probe}.c -o ${probe}
    RESULT_VARIABLE bad OUTPUT_QUIET ERROR_QUIET)
  if(bad)
    message("skipped: no clang with libFuzzer here (Debian: clang-14 libclang-rt-14-dev)")
  else()
    set(found ON PARENT_SCOPE)
  endif()
endfunction()

function(build_targets)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR}
      -DCMAKE_C_COMPILER=${COMPILER} -DCMAKE_C_COMPILER_LAUNCHER=${LAUNCHER}
      -DCMAKE_BUILD_TYPE=RelWithDebInfo -DSAH_FUZZ=ON
      "-DCMAKE_C_FLAGS_RELWITHDEBINFO=-O2 -gline-tables-only"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  execute_process(
    COMMAND ${CMAKE_COMMAND} --build ${BINARY} --target fuzz_targets --parallel 2
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# New inputs are kept in a folder of the build, never among the seeds.
function(run_target)
  set(found_inputs ${BINARY}/corpus/${target})
  file(REMOVE_RECURSE ${found_inputs})
  file(MAKE_DIRECTORY ${found_inputs})
  if(EXISTS ${FUZZ}/${target}.dict)
    list(APPEND ${target}_options -dict=${FUZZ}/${target}.dict)
  endif()
  execute_process(
    COMMAND ${program} -seed=1 -max_total_time=${SECONDS} -rss_limit_mb=2048 -timeout=20
      -print_final_stats=1 -verbosity=0 -artifact_prefix=${BINARY}/crash-${target}-
      ${found_inputs} ${${target}_options}
    RESULT_VARIABLE bad OUTPUT_VARIABLE text ERROR_VARIABLE text)
  message("${text}")
  if(bad)
    message(FATAL_ERROR "fuzz_${target} ended with ${bad}; the input lies in ${BINARY}")
  endif()
endfunction()

if(target STREQUAL build)
  check_libfuzzer()
  if(found)
    build_targets()
  endif()
elseif(EXISTS ${program})
  run_target()
else()
  message("skipped: fuzz_${target} was not built")
endif()
