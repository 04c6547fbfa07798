"""What anybody may read: postes, amphis, call lists without names, affectations."""
