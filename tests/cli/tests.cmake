# The program as its users meet it; needs Debian's python3.
find_program(SAH_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH)
if(SAH_PYTHON)
  foreach(name ask run result options bench resume signatures compare branch limits hostile
          facts forecast calibrate flee explore)
    add_test(NAME cli/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(cli/${name} PROPERTIES LABELS cli TIMEOUT 600
                         ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/output/lsan.supp:print_suppressions=0")
  endforeach()
  # Thousands of short runs; where this is said, the program need not start twice to choose
  # it (sim/cli/patience.h). cli/run, cli/resume and cli/bench leave the choice to it.
  foreach(name ask result options signatures compare branch limits hostile facts forecast
          calibrate flee explore)
    set_property(TEST cli/${name} APPEND PROPERTY ENVIRONMENT OMP_WAIT_POLICY=passive)
  endforeach()
  set_property(TEST cli/explore APPEND PROPERTY ENVIRONMENT
               SAH_PICTURES=${CMAKE_CURRENT_BINARY_DIR}/pictures)
  foreach(part Plan Result Folders Faults)
    string(TOLOWER ${part} name)
    add_test(NAME cli/study_${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_study.py ${part}
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(cli/study_${name} PROPERTIES LABELS cli TIMEOUT 600
                         ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;OMP_WAIT_POLICY=passive")
  endforeach()
  if(NOT SAH_SANITIZE) # which wants to be the first library of a program itself
    add_library(clock_jumps MODULE ${PROJECT_SOURCE_DIR}/tests/support/clock_jumps.c)
    set_property(TEST cli/study_faults APPEND PROPERTY
                 ENVIRONMENT SAHEL_CLOCK=$<TARGET_FILE:clock_jumps>)
  endif()
  if(SAH_SANITIZE) # whose shadow needs terabytes of addresses
    set_property(TEST cli/hostile APPEND PROPERTY ENVIRONMENT SAH_SANITIZED=1)
  endif()
  # Workers of a cluster: real ranks, and a real Slurm of one machine.
  if(SAH_MPI)
    set(mpi_program sahel)
  elseif(NOT SAH_SANITIZE) # MPI's own leaks
    find_package(MPI QUIET COMPONENTS C)
    if(MPI_C_FOUND)
      add_library(sah_ranks_mpi STATIC ${PROJECT_SOURCE_DIR}/sim/study/ranks_mpi.c)
      target_link_libraries(sah_ranks_mpi PUBLIC sah::study PRIVATE MPI::MPI_C)
      add_executable(sahel_mpi $<TARGET_OBJECTS:sahel>)
      set_target_properties(sahel_mpi PROPERTIES LINKER_LANGUAGE C)
      target_link_libraries(sahel_mpi PRIVATE sah_ranks_mpi sah::explore sah::study sah::models
        sah::output sah::kernel GSL::gsl hdf5::hdf5 PkgConfig::fyaml
        PkgConfig::pangocairo PkgConfig::cairo m)
      set(mpi_program sahel_mpi)
    endif()
  endif()
  foreach(name study_mpi study_slurm)
    add_test(NAME cli/${name}
             COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_${name}.py
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(cli/${name} PROPERTIES LABELS cli TIMEOUT 600
                         ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAHEL_DATA=${PROJECT_SOURCE_DIR}")
  endforeach()
  add_test(NAME cli/study_slurm_requeue
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_study_slurm.py
                   Requeue.test_a_task_put_back_goes_on
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli/study_slurm_requeue PROPERTIES LABELS slow TIMEOUT 600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAHEL_DATA=${PROJECT_SOURCE_DIR};SAHEL_SLOW=1")
  if(mpi_program)
    set_property(TEST cli/study_mpi APPEND PROPERTY
                 ENVIRONMENT SAHEL_MPI=$<TARGET_FILE:${mpi_program}>)
  endif()
  add_test(NAME cli/calibrate_truth
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_calibrate.py Truth
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli/calibrate_truth PROPERTIES LABELS slow TIMEOUT 3600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAHEL_SLOW=1")
  add_test(NAME cli/many_kills
           COMMAND ${SAH_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/test_resume.py
                   Resume.test_killed_at_random_moments
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(cli/many_kills PROPERTIES LABELS slow TIMEOUT 3600
                       ENVIRONMENT "SAHEL=$<TARGET_FILE:sahel>;SAHEL_KILLS=1000")
endif()
