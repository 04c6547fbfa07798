"""Pages of the matching of docteurs juniors: candidates, responsables de terrain, anybody."""
