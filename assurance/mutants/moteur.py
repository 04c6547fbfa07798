"""Mutants of the rules: the engine, ranks, files. Their tests need no database."""

from assurance.mutants.mutation import Mutant, Retouche

TOURS = "gradin/domain/amphi/tours.py"
EVOLUTION = "gradin/domain/amphi/evolution_tour.py"
ORDRE = "gradin/domain/rang/ordre.py"
TOUR = ("tests/unit/amphi/test_tour.py",)

MUTANTS = (
    Mutant(
        nom="M08",
        faute="« passer » skips whoever has the tour, not the one named",
        retouches=(
            Retouche(
                fichier=TOURS,
                avant="    interne = check_tour(etat, commande.tour).interne\n    prive = f.PassePrive(",
                apres="    interne = etat.tour.interne\n    prive = f.PassePrive(",
            ),
            Retouche(
                fichier=TOURS,
                avant="return (f.TourPasse(a=a, tour=commande.tour, interne=interne, prive=prive),)",
                apres="return (f.TourPasse(a=a, tour=etat.tour.tour, interne=interne, prive=prive),)",
            ),
        ),
        tests=TOUR,
    ),
    Mutant(
        nom="M09",
        faute="a pause does not keep what was left",
        retouches=(
            Retouche(
                fichier=EVOLUTION,
                avant="tour=replace(shift(tour, fait.a - tour.suspendu), suspendu=None)",
                apres="tour=replace(tour, suspendu=None)",
            ),
        ),
        tests=("tests/unit/amphi/test_pause.py",),
    ),
    Mutant(
        nom="M10",
        faute="a restart charges the outage to the tour",
        retouches=(
            Retouche(
                fichier=EVOLUTION, avant="tour=shift(etat.tour, fait.a - fait.de)", apres="tour=etat.tour"
            ),
        ),
        tests=("tests/unit/amphi/test_pause.py",),
    ),
    Mutant(
        nom="M11",
        faute="a late arrival goes to the end of the list",
        retouches=(
            Retouche(
                fichier="gradin/domain/amphi/appel.py",
                avant="    if etat.retours:\n        return min(",
                apres="    devant = [i for i in etat.ordre if etat.statuts[i] is Statut.A_VENIR"
                " and i not in etat.retours]\n"
                "    if devant:\n        return devant[0]\n    if etat.retours:\n        return min(",
            ),
        ),
        tests=("tests/unit/amphi/test_presence.py",),
    ),
    Mutant(
        nom="M13",
        faute="a reserved poste is compared by its label, near enough",
        retouches=(
            Retouche(
                fichier="gradin/domain/eligibilite/regles.py",
                avant="if place.reserve and not place.reserve & candidat.codes:",
                apres="if place.reserve and not any("
                "r.startswith(c) or c.startswith(r) for r in place.reserve for c in candidat.codes):",
            ),
        ),
        tests=("tests/unit/eligibilite/test_regles.py",),
    ),
    Mutant(
        nom="M14",
        faute="a surnombre takes the poste",
        retouches=(
            Retouche(
                fichier="gradin/domain/amphi/evolution_choix.py",
                avant="    if type_choix is TypeChoix.CLASSIQUE:\n",
                apres="    if type_choix:\n",
            ),
        ),
        tests=("tests/unit/amphi/test_exploration.py::test_armed_list",),
    ),
    Mutant(
        nom="M16",
        faute="the type de choix goes out on the stream of the peers",
        retouches=(
            Retouche(
                fichier="gradin/domain/amphi/projection.py",
                avant='Audience.AMPHI: {"MessageDiffuse": frozenset({"texte"})},',
                apres='Audience.AMPHI: {"MessageDiffuse": frozenset({"texte"}),'
                ' "ChoixConfirme": frozenset({"type_choix"})},',
            ),
        ),
        tests=("tests/unit/amphi/test_projection.py",),
    ),
    Mutant(
        nom="M18",
        faute="what a slow reader has not read is queued without end",
        retouches=(
            Retouche(
                fichier="gradin/live/canal.py",
                avant="            if lecteur.flot.write_paused:\n                self._set_aside",
                apres="            if lecteur.flot is None:\n                self._set_aside",
            ),
        ),
        tests=("tests/unit/live/test_hub.py",),
    ),
    Mutant(
        nom="M19",
        faute="ranks are compared in floating point",
        retouches=(
            Retouche(
                fichier=ORDRE,
                avant="rang.numerator * (denominateur // rang.denominator)",
                apres="candidat.rang_local * (mesure.effectif_theorique / mesure.effectif_local)",
            ),
        ),
        tests=("tests/unit/rang/test_liste.py",),
    ),
    Mutant(
        nom="M20",
        faute="equals are parted by the order of their rows",
        retouches=(
            Retouche(
                fichier=ORDRE,
                avant="draw_lot(graine, paire[0].candidat.ine) if",
                apres="paire[0].candidat.ine if",
            ),
        ),
        tests=("tests/unit/rang/test_liste.py",),
    ),
    Mutant(
        nom="M21",
        faute="signs that a CSV does not decode are dropped",
        retouches=(
            Retouche(
                fichier="gradin/operations/imports/fichiers/texte.py",
                avant='contenu.decode("utf-8-sig"), ()',
                apres='contenu.decode("utf-8-sig", errors="ignore"), ()',
            ),
        ),
        tests=("tests/unit/imports/test_lecture.py",),
    ),
    Mutant(
        nom="M25",
        faute="the grace is left to the pages: the server closes at zero",
        retouches=(
            Retouche(
                fichier="gradin/domain/amphi/temps.py",
                avant="return tour.fin + etat.parametres.grace_ms",
                apres="return tour.fin",
            ),
        ),
        tests=TOUR,
    ),
    Mutant(
        nom="M26",
        faute="a line's hash leaves out the line before",
        retouches=(
            Retouche(
                fichier="gradin/domain/amphi/empreintes.py",
                avant='previous_h.encode() + b"\\n" + corps',
                apres='b"\\n" + corps',
            ),
        ),
        tests=("tests/unit/amphi/test_journal.py",),
    ),
    Mutant(
        nom="M28",
        faute="the clock ends the tour without looking again whether it is due",
        retouches=(
            Retouche(fichier=TOURS, avant="    if is_expired(etat, tour, a):\n", apres="    if tour:\n"),
        ),
        tests=TOUR,
    ),
    Mutant(
        nom="M07",
        faute="the service's clock follows the machine's, steps included",
        retouches=(
            Retouche(
                fichier="gradin/live/temps.py",
                avant="return (_MUR_NS + time.clock_gettime_ns(_HORLOGE) - _DEPART_NS) // 1_000_000",
                apres="return time.time_ns() // 1_000_000",
            ),
        ),
        tests=("tests/unit/live/test_temps.py",),
    ),
)
