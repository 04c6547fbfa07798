"""« Recherche avancée »: the criteria of the list of postes, the same for pages, files and programs."""
