"""Individual demands as read by their interne, by the coordonnateur of his DES, by the ARS of his scope."""
