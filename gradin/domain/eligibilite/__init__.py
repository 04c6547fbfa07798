"""Which poste an interne may choose (rules.md §4): one function per rule, one object per policy."""
