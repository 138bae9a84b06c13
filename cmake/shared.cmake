# SAH_SHARED: all archives once more as one shared library, sah::sahel in CMake and
# sahel-shared in pkg-config. Before 1.0.0 every minor version has its own soname.
add_library(sah_shared SHARED $<TARGET_OBJECTS:sah_study>)
set_target_properties(sah_shared PROPERTIES EXPORT_NAME sahel OUTPUT_NAME sahel
  LINKER_LANGUAGE C VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_LIBRARY_OVERRIDE WHOLE_ARCHIVE,sah_kernel,sah_models,sah_output)
target_link_libraries(sah_shared PUBLIC GSL::gsl
  PRIVATE sah_flags sah_study sah_models)
target_include_directories(sah_shared INTERFACE $<INSTALL_INTERFACE:${SAH_INCLUDE_DIR}>)
target_compile_options(sah_shared INTERFACE $<INSTALL_INTERFACE:-ffp-contract=off>)
install(TARGETS sah_shared EXPORT sahel LIBRARY
  COMPONENT program NAMELINK_COMPONENT development)
configure_file(cmake/sahel-shared.pc.in generated/sahel-shared.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/generated/sahel-shared.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
