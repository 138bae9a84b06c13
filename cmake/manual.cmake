# Writes sahel(1) and a page for each command into FOLDER, as the program SAHEL tells.
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
execute_process(COMMAND ${SAHEL} help --words OUTPUT_VARIABLE commands
  COMMAND_ERROR_IS_FATAL ANY)
string(STRIP "${commands}" commands)
string(REPLACE "\n" ";" commands "${commands}")
foreach(command IN LISTS commands)
  execute_process(COMMAND ${SAHEL} help --man ${command}
    OUTPUT_FILE ${FOLDER}/sahel-${command}.1 COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND ${SAHEL} help --man OUTPUT_FILE ${FOLDER}/sahel.1
  COMMAND_ERROR_IS_FATAL ANY)
