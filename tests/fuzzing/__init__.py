"""The fuzzer of the verifier: valid markup by the grammar, changed at random, and oracles for what passes."""
