# One test a file; but 12-attacks, two levels of which miss (docs/signatures.md).
# SAH_SIGNATURES_SEED: other seeds.
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

# A minute of one processor each, or more.
foreach(name
    01-pledges 04-leadership 05-outreach 06-recruitment 07-ties 08-abuse 09-gold 11-spending
    14-protection 15-control 17-rival 18-state_presence 21-spread 23-aid_access
    24-self_defence 25-foreign_force 26-un_mission 28-funding 29-assistance 30-legitimacy
    31-drawdown 32-negotiation 33-local_pacts 34-accord 35-environment)
  sah_signature(${name} "signatures;slow")
endforeach()
