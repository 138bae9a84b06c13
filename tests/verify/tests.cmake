sah_test(verify laws)
