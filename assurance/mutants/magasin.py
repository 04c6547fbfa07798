"""Mutants of the store and of the transaction of a choice."""

from assurance.mutants.mutation import Mutant, Retouche

SQL = "gradin/operations/amphis/sql.py"
HANDLING = "gradin/operations/amphis/handling.py"
COURSE = "tests/concurrency/test_courses.py::test_the_lock_gives_each_poste_once_and_everybody_an_answer"
VERROU = Retouche(
    fichier=SQL,
    avant='lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""',
    apres='lock = ""',
)
# Tests make their tables of the models, servers theirs of the migrations.
INDEX = (
    Retouche(
        fichier="gradin/data/amphis/migrations/0001_initial.py",
        avant=", models.UniqueConstraint(condition=models.Q(('annulee', False), ('type_choix', 'classique')),"
        " fields=('poste',), name='affectation_un_classique_par_poste')",
        apres="",
    ),
    Retouche(
        fichier="gradin/data/amphis/models/lecture.py",
        avant="""            models.UniqueConstraint(
                fields=["poste"],
                condition=models.Q(annulee=False, type_choix="classique"),
                name="affectation_un_classique_par_poste",
            ),
""",
        apres="",
    ),
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
        retouches=(VERROU, *INDEX),
        tests=(COURSE,),
        magasin="postgresql",
    ),
    Mutant(
        nom="M02b",
        faute="no unique index behind the lock",
        retouches=INDEX,
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
)
