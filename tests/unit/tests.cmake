sah_test(unit error)
