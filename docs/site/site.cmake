# Builds the site into FOLDER/html from the pages of SOURCE, and a page of all commands from
# what the program SAHEL says of itself. A link that leads nowhere fails. Debian: mkdocs.
#
#     cmake --build --preset release --target site
cmake_minimum_required(VERSION 3.25)
find_program(MKDOCS mkdocs)
if(NOT MKDOCS)
  message("skipped: no mkdocs here (Debian: mkdocs)")
  return()
endif()

# Pages and what they link to stand as in the project, so that every link holds.
set(pages ${FOLDER}/source)
file(REMOVE_RECURSE ${pages} ${FOLDER}/html)
foreach(file README.md CHANGELOG.md CITATION.cff LICENSE quickstart models/sahel/README.md
             tests/install/consumer/fading.c)
  get_filename_component(place ${file} DIRECTORY)
  file(COPY ${SOURCE}/${file} DESTINATION ${pages}/${place})
endforeach()
file(COPY ${SOURCE}/docs ${SOURCE}/scenarios DESTINATION ${pages}
  PATTERN site EXCLUDE PATTERN __pycache__ EXCLUDE PATTERN builder EXCLUDE)

function(say out)
  execute_process(COMMAND ${SAHEL} ${ARGN} OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

say(general help)
say(commands help --words)
string(STRIP "${commands}" commands)
string(REPLACE "\n" ";" commands "${commands}")
set(page "# Commands\n\nAs the program tells them; also as manual pages (`man sahel-run`).\n")
string(APPEND page "\n```\n${general}```\n")
foreach(command IN LISTS commands)
  say(text help ${command})
  string(APPEND page "\n## sahel ${command}\n\n```\n${text}```\n")
endforeach()
file(WRITE ${pages}/docs/commands.md "${page}")

execute_process(
  COMMAND ${CMAKE_COMMAND} -E env SAHEL_SITE_SOURCE=${pages}
    ${MKDOCS} --quiet build --strict -f ${CMAKE_CURRENT_LIST_DIR}/mkdocs.yml -d ${FOLDER}/html
  COMMAND_ERROR_IS_FATAL ANY)
message("The site: ${FOLDER}/html/index.html")
