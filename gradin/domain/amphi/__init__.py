"""The amphi: decided by `decide`, folded by `evolve`; the specification is docs of the amphi and its journal."""
