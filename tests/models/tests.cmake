# Worlds of one test are small: one thread is enough, and tests run side by side. Where a
# sanitizer or coverage watches what is done, and makes it slow, what comes of it is not
# judged: one pair of runs a contrast.
set(environment OMP_NUM_THREADS=1)
if(SAH_SANITIZE OR SAH_COVERAGE)
  list(APPEND environment SAH_TEST_PAIRS=1)
endif()
add_library(sah_test_world STATIC support/tiny_world.c)
target_link_libraries(sah_test_world PUBLIC sah_test_support sah::models)

foreach(name
    abuse accord aid_access around assistance attacks cohesion command communities
    control deeds displacement drawdown environment feuds forces foreign_force funding
    gold influence joint_command leadership learning legitimacy local_pacts losses mediation negotiation
    observation outreach overstretch past patrols pledges predation protection recruitment
    response rival self_defence severity slow_drivers spending spread state_presence
    switches ties treasury un_mission)
  sah_test(models ${name} sah_test_world)
  set_tests_properties(models/${name} PROPERTIES ENVIRONMENT "${environment}")
endforeach()
target_link_libraries(test_models_response PRIVATE sah::study)

# The law of flight, on the inputs of Flee.
sah_test(models flight sah::models)
sah_failing_allocations(test_models_flight)

# The classics: worlds of their own.
foreach(name epstein epstein_twin bohorquez bennett lanchester)
  sah_test(models ${name} sah_test_world)
  set_tests_properties(models/${name} PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
endforeach()
add_test(NAME models/epstein_orders COMMAND test_models_epstein slow
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(models/epstein_orders PROPERTIES
  LABELS slow TIMEOUT 3600 ENVIRONMENT OMP_NUM_THREADS=1)
