"""What one look at the proxy from outside shows; each function yields what is wrong."""

import contextlib
import http.client
import json
import socket
import ssl
import subprocess
from collections.abc import Iterator

from assurance.relais import NOM, Relais
from tests.serveur import Serveur

MO = 1024 * 1024
JSON = "application/json"
# 100 failures a minute from one address (settings), then 429.
ESSAIS = 104
SECRET = "canari~0123456789abcdefghijklmnop"


def look(relais: Relais) -> Iterator[str]:
    """Protocol, names, sizes, what is hidden."""
    version = ["curl", "-s", "--http2", "--cacert", str(relais.certificat), "-o", "/dev/null"]
    version += ["-w", "%{http_version} %{http_code}", f"https://{NOM}:{relais.port}/amphis/"]
    dit = subprocess.run(version, capture_output=True, text=True, check=False).stdout
    if dit != "2 200":
        yield f"HTTP/2: {dit}"
    clair = http.client.HTTPConnection(NOM, relais.clair, timeout=10)
    clair.request("GET", "/amphis/")
    reponse = clair.getresponse()
    if reponse.status != 301 or reponse.headers["Location"] != f"https://{NOM}/amphis/":
        yield f"port 80 answers {reponse.status}"
    for chemin, attendu in (("/sante", 200), ("/metrics", 404), ("/static/gradin/css/base.css", 200)):
        if (statut := get(relais, chemin)) != attendu:
            yield f"{chemin} answers {statut}"
    for taille, trop in ((24 * MO, False), (26 * MO, True)):
        statut = post(relais, "/connexion/", b"x" * taille, genre="application/octet-stream")
        if (statut == 413) is not trop:
            yield f"{taille // MO} MiB answer {statut}"
    if answers_to(relais, "autre.example"):
        yield "another name is served"


def get(relais: Relais, chemin: str, **entetes: str) -> int:
    connexion = relais.connect(relais.port)
    connexion.request("GET", chemin, headers=entetes)
    reponse = connexion.getresponse()
    reponse.read()
    return reponse.status


def post(
    relais: Relais, chemin: str, corps: bytes, depuis: str = "127.0.0.1", forge: str = "", genre: str = JSON
) -> int:
    connexion = relais.connect(relais.port, depuis)
    entetes = {"Content-Type": genre, **({"X-Forwarded-For": forge} if forge else {})}
    # Refused while it was sent: the answer is there to be read.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connexion.request("POST", chemin, corps, entetes)
    return connexion.getresponse().status


def answers_to(relais: Relais, nom: str) -> bool:
    tls = ssl.create_default_context()
    tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", relais.port)) as prise:
            tls.wrap_socket(prise, server_hostname=nom).close()
    except ssl.SSLError:
        return False
    return True


def count_by_address(relais: Relais, pages: Serveur) -> Iterator[str]:
    """Failures of 127.0.0.5 stop 127.0.0.5, whatever it writes of itself, and nobody else."""
    dits = [attempt(relais, n, "127.0.0.5", forge=f"203.0.113.{n}") for n in range(ESSAIS)]
    if dits[:100] != [401] * 100 or dits[-1] != 429:
        yield f"{dits.count(401)} tries of one address, then {dits[-1]}"
    if (autre := attempt(relais, 900, "127.0.0.6", forge="127.0.0.5")) != 401:
        yield f"another address pays for it: {autre}"
    # Whoever reaches the process without the proxy is not believed about his address.
    direct = http.client.HTTPConnection("127.0.0.1", pages.port, source_address=("127.0.0.5", 0))
    corps = json.dumps({"courriel": "direct@exemple.fr", "mot_de_passe": "faux"})
    direct.request(
        "POST",
        "/api/v1/jetons",
        corps,
        {"Content-Type": "application/json", "X-Forwarded-For": "198.51.100.7"},
    )
    if (statut := direct.getresponse().status) != 429:
        yield f"believed without the proxy: {statut}"


def attempt(relais: Relais, n: int, depuis: str, forge: str) -> int:
    corps = json.dumps({"courriel": f"personne{n}@exemple.fr", "mot_de_passe": "faux"}).encode()
    return post(relais, "/api/v1/jetons", corps, depuis, forge)


def keep_secrets(relais: Relais) -> Iterator[str]:
    """Every kind of link, and a search; then what nginx has written."""
    for chemin in ("/appariement/lien/", "/commissions/lien/", "/agrements/dossier/", "/procuration/"):
        get(relais, f"{chemin}{SECRET}/", Referer=f"https://{NOM}{chemin}{SECRET}/")
    get(relais, f"/postes/?q={SECRET}")
    journal = relais.log()
    if SECRET[8:] in journal:
        yield "a link stands in nginx's log"
    if "/appariement/lien/…/" not in journal:
        yield "nginx's log does not name the page"
