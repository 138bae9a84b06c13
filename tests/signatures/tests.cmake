# One test a file: a mechanism does what it must. SAH_SIGNATURES_SEED tries other seeds.
set(SAH_SIGNATURES_SEED 1 CACHE STRING "Seed of the signatures tested")
foreach(name
    09-gold)
  add_test(NAME signatures/${name}
    COMMAND sahel signatures tests/signatures/${name}.yaml
            --seed ${SAH_SIGNATURES_SEED}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(signatures/${name} PROPERTIES LABELS signatures TIMEOUT 1800)
endforeach()
