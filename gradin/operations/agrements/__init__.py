"""Agréments: campaigns, files of services, demands, opinions, decisions, imports."""
