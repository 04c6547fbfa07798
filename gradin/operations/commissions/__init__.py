"""Commissions: prepared, convened, decided, their minutes stated."""
