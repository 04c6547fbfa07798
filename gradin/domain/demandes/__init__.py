"""Individual demands: their kinds, how one goes on, what an accepted one changes."""
