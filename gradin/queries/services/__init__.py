"""One service and what helps to choose it: its postes, how far it went before, what is mine there."""
