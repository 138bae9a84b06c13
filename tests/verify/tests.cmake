sah_test(verify laws)
sah_test(verify scale sah_test_world)
set_tests_properties(verify/scale PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
