"""The roster and the offer as the ARS keeps them: thousands of rows, found, sorted, exported."""
