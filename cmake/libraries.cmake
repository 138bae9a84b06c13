# The libraries that sahel stands on, found alike by this build and, as it is installed
# too, by the programs of others through sahel-config.cmake. SAH_REQUIRED is REQUIRED
# where nothing goes on without them.
find_package(OpenMP ${SAH_REQUIRED} COMPONENTS C)
find_package(PkgConfig ${SAH_REQUIRED})
find_package(Threads ${SAH_REQUIRED})
find_package(ZLIB ${SAH_REQUIRED})
find_package(GSL ${SAH_REQUIRED})
find_package(HDF5 ${SAH_REQUIRED} COMPONENTS C HL)
pkg_check_modules(fyaml ${SAH_REQUIRED} IMPORTED_TARGET libfyaml)
pkg_check_modules(pangocairo ${SAH_REQUIRED} IMPORTED_TARGET pangocairo)
pkg_check_modules(cairo ${SAH_REQUIRED} IMPORTED_TARGET cairo cairo-svg cairo-pdf)
pkg_check_modules(xxhash ${SAH_REQUIRED} IMPORTED_TARGET libxxhash)
