"""Mutants of the wire, of rights, of files and mails. Their tests run on a store."""

from assurance.mutants.mutation import Mutant, Retouche

RETENU = """_vus: dict[object, tuple[int, ...]] = {}


def _mandants(visiteur: Visiteur, amphi_id: int) -> tuple[int, ...]:
    cle = (visiteur.compte, amphi_id)
    _vus[cle] = _vus.get(cle) or _judged(visiteur, amphi_id)
    return _vus[cle]


"""

MUTANTS = (
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
        tests=(
            "tests/integration/demandes/test_procuration.py::"
            "test_cancelling_gives_the_choice_back_at_once_and_tells_both",
        ),
        magasin="sqlite",
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
                fichier="gradin/operations/amphis/sql.py",
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
