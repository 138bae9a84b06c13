# Results: what a run leaves, read back by us and by others.
function(sah_output_test name)
  sah_test(output ${name} sah::output)
  target_sources(test_output_${name} PRIVATE output/toy.c output/scratch.c)
endfunction()

sah_output_test(store)
sah_output_test(part)
sah_output_test(chunk)
sah_failing_allocations(test_output_chunk)
target_link_libraries(test_output_chunk PRIVATE hdf5::hdf5)
target_link_options(test_output_chunk PRIVATE LINKER:--wrap=pthread_create)
sah_output_test(recorder)
sah_failing_allocations(test_output_recorder)
sah_output_test(result)
sah_failing_allocations(test_output_result)
target_link_libraries(test_output_result PRIVATE hdf5::hdf5)
sah_output_test(diff)
target_link_libraries(test_output_diff PRIVATE hdf5::hdf5)
sah_output_test(tables)
sah_test(output facts sah::output)
sah_test(output forecast sah::output)
sah_test(output layer sah::output)
sah_test(output pairs sah::output)

# Readers that know nothing of us, on the file of the toy and on a real run.
add_executable(make_toy output/make_toy.c output/toy.c)
target_link_libraries(make_toy PRIVATE sah_test_support sah::output)
add_test(NAME output/make_toy COMMAND make_toy ${CMAKE_CURRENT_BINARY_DIR}/toy.h5)
set_tests_properties(output/make_toy PROPERTIES
  LABELS output TIMEOUT 600 FIXTURES_SETUP toy_result)
add_test(NAME output/make_run COMMAND sahel run scenarios/sahel/base.yaml --quiet --force
           --set run.end=2017-04-30 --set run.people_per_agent=1000
           -o ${CMAKE_CURRENT_BINARY_DIR}/short.h5
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(output/make_run PROPERTIES
  LABELS output TIMEOUT 600 FIXTURES_SETUP short_result)
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  add_test(NAME output/readers_of_a_run
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_readers.py)
  set_tests_properties(output/readers_of_a_run PROPERTIES
    LABELS output TIMEOUT 600 FIXTURES_REQUIRED short_result
    ENVIRONMENT SAH_RESULT=${CMAKE_CURRENT_BINARY_DIR}/short.h5)
  add_test(NAME output/readers
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_readers.py)
  set_tests_properties(output/readers PROPERTIES
    LABELS output TIMEOUT 600 FIXTURES_REQUIRED toy_result
    ENVIRONMENT SAH_RESULT=${CMAKE_CURRENT_BINARY_DIR}/toy.h5)
endif()
