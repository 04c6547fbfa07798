"""The opening of postes as it is read: needs against seats, the postes proposed, who did what."""
