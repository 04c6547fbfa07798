"""Pages of those who work with the ARS: faculté, coordonnateur, établissement, terrain, représentant."""
