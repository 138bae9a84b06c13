# One interface target carries the language, the warnings and the arithmetic that
# keeps results equal on every compiler: no contraction, no fast math.
add_library(sah_flags INTERFACE)
target_compile_features(sah_flags INTERFACE c_std_17)
target_compile_options(sah_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
  -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  $<$<BOOL:${SAH_WERROR}>:-Werror>)
target_compile_definitions(sah_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_include_directories(sah_flags INTERFACE ${PROJECT_SOURCE_DIR})

if(SAH_SANITIZE)
  target_compile_options(sah_flags INTERFACE
    -fsanitize=${SAH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g)
  target_link_options(sah_flags INTERFACE -fsanitize=${SAH_SANITIZE})
endif()
if(SAH_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "SAH_FUZZ wants clang (-DCMAKE_C_COMPILER=clang-14)")
  endif()
  target_compile_options(sah_flags INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(sah_flags INTERFACE -fsanitize=address,undefined)
endif()
# Counted are sim/ and output/ (tests/coverage.sh); a target with SAH_UNCOUNTED set is
# optimised instead, for models at -O0 would take an hour.
if(SAH_COVERAGE)
  set(counted $<NOT:$<BOOL:$<TARGET_PROPERTY:SAH_UNCOUNTED>>>)
  target_compile_options(sah_flags INTERFACE -g
    $<IF:${counted},--coverage;-fprofile-update=atomic;-O0,-O2>)
  target_link_options(sah_flags INTERFACE --coverage)
endif()
set(CMAKE_C_EXTENSIONS OFF)
