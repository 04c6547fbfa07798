"""Every mutant, in the order of its number: M01 to M30 and M03b are those of the reliability plan."""

from assurance.mutants import magasin, moteur, service

MUTANTS = tuple(sorted((*moteur.MUTANTS, *magasin.MUTANTS, *service.MUTANTS), key=lambda mutant: mutant.nom))
