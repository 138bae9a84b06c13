# What others get: the built tree is installed once, under tests/prefix of the build
# folder; then used as a stranger would use it.
set(SAH_PREFIX ${PROJECT_BINARY_DIR}/tests/prefix)

# What sanitizers and coverage want of everybody they are linked into.
set(SAH_CONSUMER_FLAGS "")
if(SAH_SANITIZE)
  set(SAH_CONSUMER_FLAGS -fsanitize=${SAH_SANITIZE})
elseif(SAH_COVERAGE)
  set(SAH_CONSUMER_FLAGS --coverage)
endif()

function(sah_install_test name)
  add_test(NAME install/${name} COMMAND ${ARGN}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(install/${name} PROPERTIES LABELS install TIMEOUT 300
    ENVIRONMENT "PREFIX=${SAH_PREFIX};LIBDIR=${CMAKE_INSTALL_LIBDIR};CC=${CMAKE_C_COMPILER};CFLAGS=${SAH_CONSUMER_FLAGS};CMAKE=${CMAKE_COMMAND};CMAKE_GENERATOR=${CMAKE_GENERATOR};NM=${CMAKE_NM};LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  if(NOT name STREQUAL tree)
    set_tests_properties(install/${name} PROPERTIES FIXTURES_REQUIRED installed)
  endif()
endfunction()

sah_install_test(tree sh ${CMAKE_CURRENT_LIST_DIR}/test_tree.sh ${PROJECT_BINARY_DIR})
set_tests_properties(install/tree PROPERTIES FIXTURES_SETUP installed)
foreach(name program manual headers symbols consumer)
  sah_install_test(${name} sh ${CMAKE_CURRENT_LIST_DIR}/test_${name}.sh)
endforeach()
sah_install_test(completion bash ${CMAKE_CURRENT_LIST_DIR}/test_completion.sh)

# Needs root, debootstrap and a mirror; minutes.
add_test(NAME install/deb
  COMMAND sh ${CMAKE_CURRENT_LIST_DIR}/test_deb.sh ${PROJECT_BINARY_DIR}
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(install/deb PROPERTIES LABELS slow TIMEOUT 1800
  SKIP_RETURN_CODE 77)
