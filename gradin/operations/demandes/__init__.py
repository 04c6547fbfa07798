"""What an interne asks for one semestre: another statut, somebody who chooses in his place."""
