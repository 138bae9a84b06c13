# The version stands in project(); the commit is added at build time where git knows it.
find_package(Git QUIET)
set(SAH_COMMIT "unknown")
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE SAH_COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE SAH_GIT_STATUS)
  if(NOT SAH_GIT_STATUS EQUAL 0)
    set(SAH_COMMIT "unknown")
  endif()
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/version.h.in
               ${PROJECT_BINARY_DIR}/generated/sah_version.h @ONLY)
target_include_directories(sah_flags INTERFACE ${PROJECT_BINARY_DIR}/generated)
