"""Attestations: given a code when first asked for, printed on demand, never on a choice's path."""

from gradin.operations.attestations.delivrance import deliver, deliver_all, issue_pages, record_exemplaires

__all__ = ["deliver", "deliver_all", "issue_pages", "record_exemplaires"]
