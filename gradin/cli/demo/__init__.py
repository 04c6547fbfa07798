"""The demonstration: its two files, how they are loaded, the robots that play it."""
