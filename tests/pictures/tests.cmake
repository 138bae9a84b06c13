# What is to be looked at: plots, films, the page, the gallery. Needs Debian's python3; films
# want ffmpeg, the page Chromium, and say so where they are missing.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name plots studies films gallery atlas)
    add_test(NAME pictures/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(pictures/${name} PROPERTIES LABELS pictures TIMEOUT 600
      ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAH_RESULT=${CMAKE_CURRENT_BINARY_DIR}/short.h5;SAH_PICTURES=${CMAKE_CURRENT_BINARY_DIR}/pictures;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  endforeach()
  set_tests_properties(pictures/gallery pictures/atlas PROPERTIES FIXTURES_REQUIRED short_result)
endif()
