"""Template tags: figures, dates and the two drawings of Gradin."""
