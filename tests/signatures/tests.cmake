# One test a file whose effects all show; the other files of this folder are tried by
# `sahel signatures` alone, until the model shows theirs. SAH_SIGNATURES_SEED: other seeds.
set(SAH_SIGNATURES_SEED 1 CACHE STRING "Seed of the signatures tested")

function(sah_signature name label)
  add_test(NAME signatures/${name}
    COMMAND sahel signatures tests/signatures/${name}.yaml
            --seed ${SAH_SIGNATURES_SEED}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(signatures/${name} PROPERTIES LABELS "${label}" TIMEOUT 1800)
endfunction()

foreach(name
    02-cohesion 03-command 10-predation 13-severity 16-mediation 19-overstretch 19-response
    20-slow_drivers 22-displacement 27-joint_command 36-observation 37-past 38-learning)
  sah_signature(${name} signatures)
endforeach()

# About a minute of one processor each, or more.
foreach(name
    06-recruitment 08-abuse 15-control 17-rival 23-aid_access 24-self_defence 28-funding
    29-assistance 30-legitimacy 32-negotiation 34-accord 35-environment)
  sah_signature(${name} "signatures;slow")
endforeach()
