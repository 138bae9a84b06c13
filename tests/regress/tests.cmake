foreach(name books community_phase reading threads)
  sah_test(regress ${name} sah_test_world)
endforeach()
target_link_libraries(test_regress_threads PRIVATE OpenMP::OpenMP_C)
sah_test(regress snapshot sah_test_world sah::study)

# Two compilers, one digest: regress/compilers.cmake.
add_executable(sah_tiny_digest regress/tiny_digest.c)
target_link_libraries(sah_tiny_digest PRIVATE sah_test_world)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  find_program(SAH_OTHER_COMPILER NAMES clang-14 clang)
else()
  find_program(SAH_OTHER_COMPILER NAMES gcc)
endif()
mark_as_advanced(SAH_OTHER_COMPILER)
if(SAH_OTHER_COMPILER)
  add_test(NAME regress/compilers
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR}
      -DBINARY=${PROJECT_BINARY_DIR}/other_compiler -DGENERATOR=${CMAKE_GENERATOR}
      -DCOMPILER=${SAH_OTHER_COMPILER} -DPROGRAM=$<TARGET_FILE:sah_tiny_digest>
      -P ${CMAKE_CURRENT_LIST_DIR}/compilers.cmake
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(regress/compilers PROPERTIES LABELS regress TIMEOUT 600)
endif()
