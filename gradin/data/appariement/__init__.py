"""Matches docteurs juniors with sites: campaigns, rounds, what each side answers, what was computed."""
