"""Commissions: who is convened, what they look at, what they decide."""
