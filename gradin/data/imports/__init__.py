"""Files of the ARS on their way in: received, shown, confirmed, undone."""
