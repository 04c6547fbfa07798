"""Attestations: given a code when first asked for, printed on demand, never on a choice's path."""

from gradin.operations.attestations.delivrance import deliver, issue, record_exemplaire

__all__ = ["deliver", "issue", "record_exemplaire"]
