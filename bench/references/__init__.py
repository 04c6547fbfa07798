"""What we are measured beside: other servers, each in the folder of its own words."""
