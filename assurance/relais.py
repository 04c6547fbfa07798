"""The nginx of deploy/ as it is shipped, on ports, processes and a certificate of our own."""

import contextlib
import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from assurance.essai import Impossible
from assurance.rapport import RACINE
from tests.serveur import free_port

NGINX = RACINE / "deploy" / "nginx"
NOM = "localhost"


class Relais:
    """`directs`, `pages`: the ports behind it. `ajouts`: texts of the shipped site put in place of others."""

    def __init__(
        self,
        dossier: Path,
        directs: Sequence[int],
        pages: Sequence[int],
        ajouts: Mapping[str, str] | None = None,
    ) -> None:
        self.programme = shutil.which("nginx") or "/usr/sbin/nginx"
        if not Path(self.programme).exists() or not shutil.which("openssl"):
            raise Impossible("nginx or openssl is not installed")
        self.dossier = dossier
        self.clair, self.port = free_port(), free_port()
        self.certificat = dossier / "fullchain.pem"
        self._certify()
        (dossier / "conf.d").mkdir()
        shutil.copy("/etc/nginx/mime.types", dossier)
        self._write(ajouts or {})
        (dossier / "conf.d" / "gradin-amont.conf").write_text(
            self._amont({"gradin_direct": directs, "gradin_pages": pages})
        )
        self._processus: subprocess.Popen[bytes] | None = None

    def _certify(self) -> None:
        commande = (
            f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={NOM}"
        )
        sujet = ["-addext", f"subjectAltName=DNS:{NOM}", "-keyout", str(self.dossier / "privkey.pem")]
        subprocess.run(
            [*commande.split(), *sujet, "-out", str(self.certificat)], check=True, capture_output=True
        )

    def _write(self, ajouts: Mapping[str, str]) -> None:
        """Each replacement must find its text: what is tried is what is shipped."""
        principal = (NGINX / "nginx.conf").read_text("utf-8")
        for avant, apres in {
            "/run/nginx.pid": f"{self.dossier}/nginx.pid",
            "/var/log/nginx/": f"{self.dossier}/",
        }.items():
            assert avant in principal, avant
            principal = principal.replace(avant, apres)
        site = (NGINX / "gradin.conf").read_text("utf-8")
        for avant, apres in {
            "gradin.example.fr;": f"{NOM};",
            "/etc/letsencrypt/live/gradin.example.fr/": f"{self.dossier}/",
            "/var/log/nginx/": f"{self.dossier}/",
            "listen 80": f"listen {self.clair}",
            "listen 443": f"listen {self.port}",
            "listen [::]:80": f"listen [::]:{self.clair}",
            "listen [::]:443": f"listen [::]:{self.port}",
            **ajouts,
        }.items():
            assert avant in site, avant
            site = site.replace(avant, apres)
        (self.dossier / "nginx.conf").write_text(principal)
        (self.dossier / "conf.d" / "gradin.conf").write_text(site)

    def _amont(self, amonts: Mapping[str, Sequence[int]]) -> str:
        texte = (NGINX / "gradin-amont.conf").read_text("utf-8")
        for nom, ports in amonts.items():
            serveurs = "".join(f"    server 127.0.0.1:{port} max_fails=0;\n" for port in ports)
            motif = rf"(upstream {nom} \{{\n    least_conn;\n)(?:    server .*\n)+"
            texte, trouves = re.subn(motif, rf"\g<1>{serveurs}", texte)
            assert trouves == 1, nom
        return texte

    def check(self) -> str:
        """What `nginx -t` says; raises CalledProcessError when it refuses the files."""
        fini = subprocess.run([*self._commande, "-t"], capture_output=True, text=True, check=False)
        if fini.returncode:
            raise ValueError(fini.stderr.strip())
        return fini.stderr

    @property
    def _commande(self) -> list[str]:
        return [self.programme, "-c", str(self.dossier / "nginx.conf"), "-e", str(self.dossier / "error.log")]

    def __enter__(self) -> "Relais":
        self._processus = subprocess.Popen([*self._commande, "-g", "daemon off;"])
        debut = time.monotonic()
        while time.monotonic() - debut < 10:
            with contextlib.suppress(OSError), socket.create_connection((NOM, self.port)):
                return self
            time.sleep(0.05)
        raise TimeoutError("nginx does not listen")

    def __exit__(self, *_: object) -> None:
        assert self._processus is not None
        self._processus.terminate()
        self._processus.wait(15)

    def log(self) -> str:
        return "".join(f.read_text("utf-8", "replace") for f in self.dossier.glob("*.log"))

    def connect(self, port: int, depuis: str = "127.0.0.1") -> http.client.HTTPConnection:
        """Over TLS, from the address `depuis` of this machine."""
        tls = ssl.create_default_context(cafile=self.certificat)
        return http.client.HTTPSConnection(NOM, port, timeout=60, context=tls, source_address=(depuis, 0))
