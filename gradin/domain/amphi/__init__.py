"""The amphi: what happens is decided by `decide` and folded by `evolve`; its facts are its journal."""
