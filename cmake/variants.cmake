# Hot loops compiled several times from one source file.
#
#   sah_variants(<target> <source.c>)
#
# builds <source.c> once per instruction set and adds the objects to <target>; the file
# sees SAH_VARIANT as baseline, avx2 or avx512 and names its functions with it
# (sim/kernel/isa.h). They are optimised at -O3, where loops become vectors, but for
# Debug and coverage; cmake/flags.cmake lets in neither fused multiply-add nor reordering,
# so that all variants give the same bits. Call it where <target> was made.
function(sah_variants target source)
  set(variants baseline)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    list(APPEND variants avx2 avx512)
  endif()
  set(baseline_flags "")
  set(avx2_flags -mavx2)
  set(avx512_flags
    -mavx512f -mavx512bw -mavx512dq -mavx512vl -mprefer-vector-width=512)
  set(plain $<OR:$<CONFIG:Debug>,$<BOOL:${SAH_COVERAGE}>>)

  get_filename_component(stem ${source} NAME_WE)
  foreach(variant IN LISTS variants)
    set(object ${target}_${stem}_${variant})
    add_library(${object} OBJECT ${source})
    target_link_libraries(${object} PRIVATE sah_flags
      $<TARGET_PROPERTY:${target},LINK_LIBRARIES>)
    target_compile_definitions(${object} PRIVATE SAH_VARIANT=${variant})
    target_compile_options(${object} PRIVATE ${${variant}_flags} $<$<NOT:${plain}>:-O3>)
    set_target_properties(${object} PROPERTIES
      SAH_UNCOUNTED $<BOOL:$<TARGET_PROPERTY:${target},SAH_UNCOUNTED>>)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${object}>)
  endforeach()
endfunction()
