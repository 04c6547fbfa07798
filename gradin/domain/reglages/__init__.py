"""The parameters of rules.md as an agent sets them: meaning in plain words, default, what freezes each."""
