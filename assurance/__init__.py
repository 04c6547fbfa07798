"""What is too long for `make test`: faults, races, cuts and mutants, and the report of what they showed."""
