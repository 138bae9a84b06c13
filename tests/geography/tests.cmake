# The geography tables and their builder; needs no build, only Debian's python3.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name build tables)
    add_test(NAME geography/${name}
             COMMAND ${SAH_PYTHON} ${PROJECT_SOURCE_DIR}/tests/geography/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(geography/${name} PROPERTIES LABELS geography TIMEOUT 600)
  endforeach()
endif()
