# Every library comes from the distribution; packages are named in quickstart.
set(SAH_REQUIRED REQUIRED)
include(libraries)
pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
if(SAH_TESTS AND NOT SAH_FUZZ)
  pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)
endif()
