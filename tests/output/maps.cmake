# Pictures: palettes, scales, names, shores, sheets and whole maps.
sah_test(output map_palette sah::output)
sah_test(output map_scale sah::output)
sah_test(output map_label sah::output)
sah_test(output map_shore sah::output)
sah_failing_allocations(test_output_map_shore)
sah_test(output map_canvas sah::output)
sah_test(output map_draw sah::output PkgConfig::cairo)
sah_failing_allocations(test_output_map_draw)

set_tests_properties(output/map_canvas output/map_draw PROPERTIES
  ENVIRONMENT LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/lsan.supp)

sah_test(output map_result sah::output)
target_sources(test_output_map_result PRIVATE output/toy.c)
set_tests_properties(output/map_result PROPERTIES
  ENVIRONMENT LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/lsan.supp)

# What plots, films and pages are made of; tests/pictures has them whole.
sah_test(output plot_parts sah::output GSL::gsl)
set_tests_properties(output/plot_parts PROPERTIES
  ENVIRONMENT LSAN_OPTIONS=suppressions=${CMAKE_CURRENT_LIST_DIR}/lsan.supp)
