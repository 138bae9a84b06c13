# Many runs: measures, twins, signatures.
foreach(name measure pair compare design sensitivity calibrate)
  sah_test(study ${name} sah_test_world sah::study)
endforeach()
