"""The opening of postes: services propose, the coordonnateur advises, the ARS decides and publishes."""
