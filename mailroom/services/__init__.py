"""Use cases: what window and command line call. Each takes the operator first and has its row in `rights`."""
