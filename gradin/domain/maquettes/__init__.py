"""What a DES demands of its internes, and how far one of them is (rules.md §4.7, reference/maquettes.md)."""
