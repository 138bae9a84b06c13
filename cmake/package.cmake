# `cpack` in the build folder makes two Debian packages: sahel, the program with its
# scenarios, and libsahel-dev, the library for those who build upon it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The sahel developers <sahel@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/compress.cmake)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
"An open simulator of how armed groups expand and of what states, foreign
forces and communities do about it. With the geography of the central Sahel
and the scenarios to begin with.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME sahel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "fonts-lato, fonts-dejavu-core")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "bash-completion, ffmpeg, python3-xarray")

set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"Headers and archives of the simulator sahel, for mechanisms and programs of
one's own.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libsahel-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libgsl-dev, libhdf5-dev, libfyaml-dev, \
libxxhash-dev, zlib1g-dev, libcairo2-dev, libpango1.0-dev")
include(CPack)
