# The same run built by another compiler or without optimisation gives the same digests.
#
# Builds sah_tiny_digest a second time with COMPILER as TYPE (in BINARY, kept for the next
# time), runs both programs and compares what they print. No expected digest is kept in a file:
# it would have to be renewed with every change of the model or of a parameter, and a
# renewed file says nothing about the other compiler until that has run as well. Here
# both run each time, on the model as it stands.
cmake_minimum_required(VERSION 3.25)
execute_process(
  COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G ${GENERATOR}
    -DCMAKE_C_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${TYPE}
    -DCMAKE_C_COMPILER_LAUNCHER=${LAUNCHER}
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(
  COMMAND ${CMAKE_COMMAND} --build ${BINARY} --target sah_tiny_digest --parallel 2
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
foreach(program IN ITEMS ${PROGRAM} ${BINARY}/tests/sah_tiny_digest)
  execute_process(COMMAND ${program} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  list(APPEND digests "${text}")
  message("${program}\n${text}")
endforeach()
list(REMOVE_DUPLICATES digests)
list(LENGTH digests different)
if(NOT different EQUAL 1)
  message(FATAL_ERROR "the builds disagree")
endif()
