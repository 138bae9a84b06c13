# Where the program finds its scenarios (sim/cli/data.h): as seen from its own folder,
# so that an installed tree can be moved, else where it was configured to be installed.
# In the build tree the same place is a link to the sources.
set(SAH_DATA_DIR ${CMAKE_INSTALL_FULL_DATADIR}/sahel)
file(RELATIVE_PATH SAH_DATA_BESIDE ${CMAKE_INSTALL_FULL_BINDIR} ${SAH_DATA_DIR})
target_compile_definitions(sahel PRIVATE
  SAH_DATA_DIR="${SAH_DATA_DIR}" SAH_DATA_BESIDE="${SAH_DATA_BESIDE}")

cmake_path(SET link NORMALIZE ${CMAKE_CURRENT_BINARY_DIR}/${SAH_DATA_BESIDE})
cmake_path(IS_PREFIX PROJECT_BINARY_DIR ${link} is_inside)
if(is_inside) # not so where programs and data go to places far apart
  cmake_path(GET link PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR} ${link} SYMBOLIC)
endif()
