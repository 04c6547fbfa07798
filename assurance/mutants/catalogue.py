"""Every mutant, in the order of its number: M01 to M30 and M03b are those of the reliability plan."""

from assurance.mutants import moteur, service

MUTANTS = tuple(sorted((*moteur.MUTANTS, *service.MUTANTS), key=lambda mutant: mutant.nom))
