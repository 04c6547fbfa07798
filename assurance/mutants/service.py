"""Mutants of what surrounds the rules: store, transaction, wire, rights. Their tests run on a store."""

from assurance.mutants.mutation import Mutant, Retouche

SQL = "gradin/operations/amphis/sql.py"
HANDLING = "gradin/operations/amphis/handling.py"
COURSE = "tests/concurrency/test_courses.py::test_the_lock_gives_each_poste_once_and_everybody_an_answer"
VERROU = Retouche(
    fichier=SQL,
    avant='lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""',
    apres='lock = ""',
)
INDEX = Retouche(
    fichier="gradin/data/amphis/migrations/0001_initial.py",
    avant=", models.UniqueConstraint(condition=models.Q(('annulee', False), ('type_choix', 'classique')),"
    " fields=('poste',), name='affectation_un_classique_par_poste')",
    apres="",
)
# The transaction stays open when the answer leaves; the next command commits it.
ENTRE_DEUX = """
@contextmanager
def answered_first() -> Iterator[None]:
    if not transaction.get_autocommit():
        transaction.commit()
    transaction.set_autocommit(False)
    yield


def handle("""
RETENU = """_vus: dict[object, tuple[int, ...]] = {}


def _mandants(visiteur: Visiteur, amphi_id: int) -> tuple[int, ...]:
    cle = (visiteur.compte, amphi_id)
    _vus[cle] = _vus.get(cle) or _judged(visiteur, amphi_id)
    return _vus[cle]


"""

MUTANTS = (
    Mutant(
        nom="M01",
        faute="no lock on the amphi's row",
        retouches=(VERROU,),
        tests=(COURSE,),
        magasin="postgresql",
    ),
    Mutant(
        nom="M01b",
        faute="SQLite takes its lock at the first write only",
        retouches=(
            Retouche(
                fichier="gradin/config/databases.py",
                avant='"transaction_mode": "IMMEDIATE"',
                apres='"transaction_mode": "DEFERRED"',
            ),
        ),
        tests=("tests/concurrency/test_entrelacs.py::test_confirm_meets_expiry",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M02",
        faute="neither lock nor unique index",
        retouches=(VERROU, INDEX),
        tests=(COURSE,),
        magasin="postgresql",
    ),
    Mutant(
        nom="M02b",
        faute="no unique index behind the lock",
        retouches=(INDEX,),
        tests=(
            "tests/integration/amphis/test_contexte.py::"
            "test_a_poste_given_elsewhere_to_a_classique_is_refused_by_the_index",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M03",
        faute="SQLite with synchronous=NORMAL",
        retouches=(
            Retouche(
                fichier="gradin/config/databases.py",
                avant="PRAGMA synchronous=FULL;",
                apres="PRAGMA synchronous=NORMAL;",
            ),
        ),
        tests=("tests/integration/test_stores.py",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M03b",
        faute="SQLite with a rollback journal",
        retouches=(
            Retouche(
                fichier="gradin/config/databases.py",
                avant='"PRAGMA journal_mode=WAL;',
                apres='"PRAGMA journal_mode=DELETE;',
            ),
        ),
        tests=("tests/integration/test_stores.py",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M04",
        faute="a PostgreSQL with fsync=off is served",
        retouches=(
            Retouche(
                fichier="gradin/config/checks.py",
                avant='if _scalar("SHOW fsync") != "on" or ',
                apres="if ",
            ),
        ),
        tests=("tests/integration/test_stores.py",),
        magasin="postgresql",
    ),
    Mutant(
        nom="M05",
        faute="the answer leaves before the commit",
        retouches=(
            Retouche(
                fichier=HANDLING,
                avant="from collections.abc import Callable\n",
                apres="from collections.abc import Callable, Iterator\n"
                "from contextlib import contextmanager\n",
            ),
            Retouche(fichier=HANDLING, avant="\ndef handle(", apres=ENTRE_DEUX),
            Retouche(
                fichier=HANDLING,
                avant="    with transaction.atomic():\n        amphi = sql.lock_row",
                apres="    with answered_first():\n        amphi = sql.lock_row",
            ),
            Retouche(
                fichier=HANDLING,
                avant="transaction.on_commit(lambda: _committed(amphi.pk, apres))",
                apres="_committed(amphi.pk, apres)",
            ),
        ),
        tests=("tests/faults/test_morts_au_hasard.py",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M06",
        faute="readers are told before the commit",
        retouches=(
            Retouche(
                fichier=HANDLING,
                avant="transaction.on_commit(lambda: _committed(amphi.pk, apres))",
                apres="_committed(amphi.pk, apres)",
            ),
        ),
        tests=("tests/integration/amphis/test_etats.py::test_listeners_hear_of_commits_only",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M12",
        faute="a mandataire's right is remembered after its end",
        retouches=(
            Retouche(
                fichier="gradin/operations/amphis/choix.py",
                avant="def _mandants(visiteur: Visiteur, amphi_id: int)",
                apres=RETENU + "def _judged(visiteur: Visiteur, amphi_id: int)",
            ),
            Retouche(
                fichier="gradin/domain/amphi/tours.py",
                avant="if not active or procuration is None or procuration.mandataire != commande.auteur:",
                apres="if procuration is not None and procuration.mandataire != commande.auteur:",
            ),
        ),
        tests=("tests/concurrency/test_procuration.py::test_one_of_the_two_wins_and_each_is_told",),
        magasin="postgresql",
    ),
    Mutant(
        nom="M15",
        faute="favourites left in the snapshot of the peers",
        retouches=(
            Retouche(
                fichier="gradin/queries/instantane.py",
                avant='            dit["nom"] = noms.get(interne, "")\n',
                apres='            dit["nom"] = noms.get(interne, "")\n'
                "            siens = Place.objects.filter(amphi=amphi.pk, numero=interne)\n"
                '            postes = siens.values_list("inscription__favoris__poste__numero", flat=True)\n'
                '            dit["favoris"] = list(postes)\n',
            ),
        ),
        tests=(
            "tests/integration/api/test_secrets.py::"
            "test_internes_of_the_amphi_read_names_and_the_regie_types_and_presence",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M17",
        faute="the stream ignores Last-Event-ID",
        retouches=(
            Retouche(
                fichier="gradin/live/demande.py",
                avant='_number(headers.get(b"last-event-id") or params.get(',
                apres="_number(params.get(",
            ),
        ),
        tests=(
            "tests/integration/live/test_flux.py::"
            "test_a_reader_cut_again_and_again_has_every_fact_once_in_order",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M22",
        faute="the zeros in front of an INE are dropped",
        retouches=(
            Retouche(
                fichier="gradin/operations/imports/internes.py",
                avant='requis=True).upper().replace(" ", "")',
                apres='requis=True).upper().replace(" ", "").lstrip("0")',
            ),
        ),
        tests=(
            "tests/integration/imports/test_import_internes.py::test_zeros_in_front_of_an_ine_are_part_of_it",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M23",
        faute="an attestation is found whoever asks",
        retouches=(
            Retouche(
                fichier="gradin/queries/attestations.py",
                avant="_choices().filter(interne=interne, annulee=False, semestre__code=semestre)",
                apres="_choices().filter(annulee=False, semestre__code=semestre)",
            ),
        ),
        tests=(
            "tests/integration/attestations/test_attestation.py::"
            "test_anothers_attestation_is_as_absent_as_one_that_never_was",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M24",
        faute="the mail of a reset is sent in the request, its failure shown",
        retouches=(
            Retouche(
                fichier="gradin/web/compte/adapter.py",
                avant='enqueue(f"compte-{secrets.token_hex(16)}", email, courrier, maintenant_ms())',
                apres='__import__("django.core.mail").core.mail.send_mail('
                "courrier.sujet, courrier.texte, None, [email])",
            ),
        ),
        tests=(
            "tests/integration/comptes/test_connexion.py::"
            "test_the_reset_mail_goes_through_the_outbox_and_its_link_serves_once",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M27",
        faute="an idempotency key answers whoever sends it",
        retouches=(
            Retouche(
                fichier=SQL,
                avant='WHERE compte_id = %s AND cle = %s", [compte, cle]',
                apres='WHERE cle = %s", [cle]',
            ),
        ),
        tests=("tests/integration/amphis/test_cles.py::test_the_key_of_another_account_gives_nothing_away",),
        magasin="sqlite",
    ),
    Mutant(
        nom="M29",
        faute="the mail of a choice is written after its transaction",
        retouches=(
            Retouche(
                fichier="gradin/operations/amphis/ecriture.py",
                avant="    _write_mails(amphi.pk, avant.seq, faits, maintenant)\n",
                apres="    args = (amphi.pk, avant.seq, faits, maintenant)\n"
                "    transaction.on_commit(lambda: _write_mails(*args))\n",
            ),
            Retouche(
                fichier="gradin/operations/amphis/ecriture.py",
                avant="from gradin.data.amphis.models import Place\n",
                apres="from django.db import transaction\n\nfrom gradin.data.amphis.models import Place\n",
            ),
        ),
        tests=(
            "tests/faults/test_mort_en_plein_choix.py::"
            "test_killed_after_the_commit_the_same_key_gives_the_receipt",
        ),
        magasin="sqlite",
    ),
    Mutant(
        nom="M30",
        faute="lines of the journal may be updated",
        retouches=(
            Retouche(
                fichier="gradin/operations/triggers/sqlite.py",
                avant='    "fait_refuse_update": ("UPDATE", "amphis_fait", ""),\n',
                apres="",
            ),
        ),
        tests=("tests/integration/amphis/test_triggers.py::test_direct_sql_cannot_change_the_journal",),
        magasin="sqlite",
    ),
)
