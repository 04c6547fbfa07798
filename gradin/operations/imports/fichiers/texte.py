"""CSV: encoding and separator are found from the content, quoted newlines kept."""

from __future__ import annotations

import codecs
import csv
import io

from gradin.operations.imports.anomalies import Anomalie, FichierRefuse
from gradin.operations.imports.fichiers.tableau import Tableau

SEPARATEURS = (";", "\t", ",")
ACCENTUEES = frozenset("éèêëàâçîïôùûüœÉÈÊËÀÂÇÎÏÔÙÛÜŒ°’")
LIGNES_MAX = 100_000


def read_texte(nom: str, contenu: bytes) -> Tableau:
    """Read a CSV; line numbers are those of the rows, as a spreadsheet shows them."""
    texte, avertissements = decode(nom, contenu)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=find_separateur(nom, texte), strict=True)
    lignes: list[tuple[str, ...]] = []
    try:
        for ligne in lecteur:
            lignes.append(tuple(ligne))
            if len(lignes) > LIGNES_MAX:
                raise FichierRefuse(
                    Anomalie(feuille=nom, message=f"plus de {LIGNES_MAX} lignes. Découpez le fichier.")
                )
    except csv.Error as error:
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                ligne=len(lignes) + 1,
                message="guillemets mal fermés ou cellule démesurée. Corrigez cette ligne, "
                "ou enregistrez de nouveau le fichier depuis le tableur.",
            )
        ) from error
    return Tableau(feuille=nom, lignes=tuple(lignes), avertissements=avertissements)


def decode(nom: str, contenu: bytes) -> tuple[str, tuple[Anomalie, ...]]:
    """UTF-8, UTF-16, then the two tables of the desktops; what had to be guessed is told."""
    if contenu.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_strict(nom, contenu, "utf-16"), ()
    if contenu[1:2] == b"\0" or contenu[:1] == b"\0":
        return decode_strict(nom, contenu, "utf-16-le" if contenu[1:2] == b"\0" else "utf-16-be"), ()
    try:
        return contenu.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        encodage = guess_encodage(contenu)
    alerte = Anomalie(
        feuille=nom,
        message=f"encodage {encodage} supposé. Vérifiez que les accents sont justes dans l’aperçu.",
    )
    return decode_strict(nom, contenu, encodage), (alerte,)


def decode_strict(nom: str, contenu: bytes, encodage: str) -> str:
    """No silent loss: a byte that this encoding does not know refuses the file."""
    try:
        return contenu.decode(encodage)
    except UnicodeDecodeError as error:
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                message="encodage inconnu. Enregistrez le fichier en « CSV UTF-8 » ou en .xlsx.",
            )
        ) from error


def guess_encodage(contenu: bytes) -> str:
    """cp1252 or Mac Roman: the one that gives more letters of French."""
    scores = {
        encodage: sum(lettre in ACCENTUEES for lettre in contenu.decode(encodage, errors="replace"))
        for encodage in ("cp1252", "mac_roman")
    }
    return max(scores, key=lambda encodage: scores[encodage])


def find_separateur(nom: str, texte: str) -> str:
    """The separator most seen in the headers, quoted parts left out."""
    entete = read_entete(texte)
    comptes = {separateur: entete.count(separateur) for separateur in SEPARATEURS}
    best = max(comptes, key=lambda separateur: comptes[separateur])
    if not comptes[best]:
        raise FichierRefuse(
            Anomalie(
                feuille=nom,
                ligne=1,
                message="aucun séparateur trouvé dans les en-têtes. Séparez les colonnes par « ; », "
                "« , » ou une tabulation, ou enregistrez le fichier en .xlsx.",
            )
        )
    return best


def read_entete(texte: str) -> str:
    """The first row, without what stands between quotes (it may hold newlines and separators)."""
    kept: list[str] = []
    quoted = False
    for caractere in texte:
        if caractere == '"':
            quoted = not quoted
        elif not quoted and caractere in "\r\n":
            break
        elif not quoted:
            kept.append(caractere)
    return "".join(kept)
