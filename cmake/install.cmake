# What `cmake --install` lays down, in two parts: `program` for who runs scenarios,
# `development` for who builds upon the library. docs/installing.md tells of both.
include(CMakePackageConfigHelpers)
include(headers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
set(SAH_INCLUDE_DIR ${CMAKE_INSTALL_INCLUDEDIR}/sahel)
set(SAH_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/sahel)

# ---- program ----
install(TARGETS sahel RUNTIME)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/sahel
  PATTERN builder EXCLUDE PATTERN build.py EXCLUDE PATTERN __pycache__ EXCLUDE)
# As in the sources, since a signature names its scenario by a relative path.
install(DIRECTORY tests/signatures DESTINATION ${CMAKE_INSTALL_DATADIR}/sahel/tests
  FILES_MATCHING PATTERN "*.yaml")
install(FILES README.md CHANGELOG.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES sim/cli/completion.bash RENAME sahel
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

# The program writes its own manual, from the tables that --help prints.
set(SAH_MAN_DIR ${PROJECT_BINARY_DIR}/man)
add_custom_command(OUTPUT ${SAH_MAN_DIR}/sahel.1
  COMMAND ${CMAKE_COMMAND} -DSAHEL=$<TARGET_FILE:sahel> -DFOLDER=${SAH_MAN_DIR}
    -P ${PROJECT_SOURCE_DIR}/cmake/manual.cmake
  DEPENDS sahel ${PROJECT_SOURCE_DIR}/cmake/manual.cmake
  COMMENT "Writing manual pages" VERBATIM)
add_custom_target(sahel_manual ALL DEPENDS ${SAH_MAN_DIR}/sahel.1)

# The pages as a site, with the commands as the program tells them.
add_custom_target(site USES_TERMINAL VERBATIM DEPENDS sahel
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DFOLDER=${PROJECT_BINARY_DIR}/site
    -DSAHEL=$<TARGET_FILE:sahel> -P ${PROJECT_SOURCE_DIR}/docs/site/site.cmake)
install(DIRECTORY ${SAH_MAN_DIR}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

# ---- development ----
set(SAH_LIBRARIES kernel models output study)
foreach(name IN LISTS SAH_LIBRARIES)
  set_target_properties(sah_${name} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS sah_${name} EXPORT sahel ARCHIVE COMPONENT development)
endforeach()
# Mechanisms of others keep the promise of equal digests with the same arithmetic.
target_compile_options(sah_kernel INTERFACE $<INSTALL_INTERFACE:-ffp-contract=off>)
target_compile_features(sah_kernel INTERFACE $<INSTALL_INTERFACE:c_std_17>)
target_include_directories(sah_kernel INTERFACE $<INSTALL_INTERFACE:${SAH_INCLUDE_DIR}>)

foreach(header IN LISTS SAH_HEADERS)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION ${SAH_INCLUDE_DIR}/${folder}
    COMPONENT development)
endforeach()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libsahel-dev
  RENAME copyright COMPONENT development)

# Before 1.0.0 every minor version may break what is built upon it.
install(EXPORT sahel NAMESPACE sah:: FILE sahel-targets.cmake
  DESTINATION ${SAH_CMAKE_DIR} COMPONENT development)
configure_package_config_file(cmake/sahel-config.cmake.in generated/sahel-config.cmake
  INSTALL_DESTINATION ${SAH_CMAKE_DIR} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(generated/sahel-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES cmake/libraries.cmake
  ${PROJECT_BINARY_DIR}/generated/sahel-config.cmake
  ${PROJECT_BINARY_DIR}/generated/sahel-config-version.cmake
  DESTINATION ${SAH_CMAKE_DIR} COMPONENT development)

# Of pkg-config: relative to the file itself, so that the tree can be moved.
file(RELATIVE_PATH SAH_PREFIX_FROM_PC
  ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/sahel.pc.in generated/sahel.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/generated/sahel.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
if(SAH_SHARED)
  include(shared)
endif()
