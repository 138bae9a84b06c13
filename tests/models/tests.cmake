# Worlds of one test are small: one thread is enough, and tests run side by side.
add_library(sah_test_world STATIC support/tiny_world.c)
target_link_libraries(sah_test_world PUBLIC sah_test_support sah::models)

foreach(name
    abuse accord aid_access around assistance attacks cohesion command communities
    control deeds displacement drawdown environment feuds forces foreign_force funding
    gold influence joint_command leadership legitimacy local_pacts losses mediation negotiation
    observation outreach overstretch patrols pledges predation protection recruitment
    response rival self_defence severity slow_drivers spending spread state_presence
    switches ties treasury un_mission)
  sah_test(models ${name} sah_test_world)
  set_tests_properties(models/${name} PROPERTIES ENVIRONMENT OMP_NUM_THREADS=1)
endforeach()
target_link_libraries(test_models_response PRIVATE sah::study)
