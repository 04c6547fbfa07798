"""Before an amphi: its list computed, its offer gathered, its sessions cut."""
