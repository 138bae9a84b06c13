# Each lesson goes the way its page says, on the seeds that its page names.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  file(GLOB lessons RELATIVE ${PROJECT_SOURCE_DIR}/docs/lessons
       CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/docs/lessons/[0-9]*.md)
  foreach(page IN LISTS lessons)
    string(REGEX MATCH "^[0-9]+" number ${page})
    string(REPLACE ".md" "" name ${page})
    add_test(NAME lessons/${name}
      COMMAND ${SAH_PYTHON} ${PROJECT_SOURCE_DIR}/docs/lessons/lessons.py ${number}
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(lessons/${name} PROPERTIES LABELS lessons TIMEOUT 900
      ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;OMP_NUM_THREADS=1")
  endforeach()
endif()
