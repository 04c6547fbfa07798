"""The fiche of a service, and the file of past last ranks."""
