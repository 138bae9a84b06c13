sah_test(verify laws)
sah_test(verify scale sah_test_world)
set_tests_properties(verify/scale PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
# Hundreds of short worlds: with the slow ones.
sah_test(verify ranges sah_test_world)
set_tests_properties(verify/ranges PROPERTIES LABELS slow TIMEOUT 3600
                     ENVIRONMENT OMP_NUM_THREADS=1)
sah_test(verify classic_ranges sah::models)
set_tests_properties(verify/classic_ranges PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
# Every mechanism at work; long.
add_test(NAME verify/scale_of_all
  COMMAND sahel signatures tests/verify/scale.yaml WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(verify/scale_of_all PROPERTIES LABELS slow TIMEOUT 1800)
