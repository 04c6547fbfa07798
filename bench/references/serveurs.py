"""The other servers of a fan-out: how each is started, or why it is not there."""

import contextlib
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from bench import processus as p
from bench.references.paquets import Absente, debian, python
from bench.rondes import Ronde, go_round

LONGUEUR = 300
ICI = Path(__file__).parent
# `nchan` names its events by a header; the others read nothing of what is sent.
DECLIC = {"X-EventSource-Event": "ChoixConfirme", "Content-Type": "text/plain"}
CORPS = b"x" * (LONGUEUR - 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """`lance`: starts it on a port, gives its process. GET of `chemin` listens, POST of / sends one event."""

    nom: str
    lance: Callable[[int], AbstractContextManager["subprocess.Popen[bytes]"]]
    chemin: str = "/direct"

    def go_round(self, port: int, nombre: int, tours: int) -> Ronde:
        """Raises Absente."""
        with self.lance(port) as serveur:
            push(port, "horloge")
            declics = [partial(push, port)] * tours
            # The worker of nginx is what serves.
            pid = next(iter(p.children_of(serveur.pid)), serveur.pid)
            return go_round(self.nom, pid, port, self.chemin, nombre, (), declics)


def push(port: int, evenement: str = "ChoixConfirme") -> None:
    entetes = DECLIC | {"X-EventSource-Event": evenement}
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/", CORPS, entetes)).close()


def _plancher(port: int) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    commande = [str(p.compile_c("references/plancher")), str(port), str(LONGUEUR)]
    return p.server(commande, f"http://127.0.0.1:{port}/")


def _module(nom: str, port: int) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    """Of ours, in our own environment: the same uvicorn, the same Django."""
    return p.server([sys.executable, "-m", f"bench.references.{nom}", str(port)], f"http://127.0.0.1:{port}/")


def _apart(nom: str, port: int) -> AbstractContextManager["subprocess.Popen[bytes]"]:
    commande = [str(python()), "-m", f"bench.references.{nom}", str(port)]
    return p.server(commande, f"http://127.0.0.1:{port}/", environnement=_bare())


def _bare() -> dict[str, str]:
    return {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("DJANGO", "GRADIN"))}


NCHAN = """
load_module {module};
daemon off;
worker_processes 1;
user root;
pid {lieu}/pid;
error_log stderr emerg;
events {{ worker_connections 15000; }}
http {{
  access_log off;
  client_body_temp_path {lieu}/corps; proxy_temp_path {lieu}/proxy; fastcgi_temp_path {lieu}/fastcgi;
  uwsgi_temp_path {lieu}/uwsgi; scgi_temp_path {lieu}/scgi;
  nchan_shared_memory_size 256m;
  server {{
    listen 127.0.0.1:{port} backlog=8192;
    location = / {{ nchan_publisher; nchan_channel_id banc; }}
    location = /direct {{
      nchan_subscriber eventsource;
      nchan_channel_id banc;
      nchan_subscriber_first_message -1;
    }}
  }}
}}
"""


@contextlib.contextmanager
def _nchan(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        raise Absente("nginx is not installed")
    module = debian("libnginx-mod-nchan") / "usr/lib/nginx/modules/ngx_nchan_module.so"
    with TemporaryDirectory() as lieu:
        conf = Path(lieu) / "nginx.conf"
        conf.write_text(NCHAN.format(module=module, lieu=lieu, port=port), encoding="ascii")
        with p.server([nginx, "-p", lieu, "-c", str(conf)], f"http://127.0.0.1:{port}/") as serveur:
            yield serveur


@contextlib.contextmanager
def _channels(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Redis has the core of the server too, as everything of ours."""
    lieu = debian("redis-server", "redis-tools", "libjemalloc2", "liblzf1")
    prise = Path(mkdtemp(prefix="redis")) / "prise"
    redis = [str(lieu / "usr/bin/redis-server"), "--unixsocket", str(prise), "--port", "0", "--save", ""]
    bibliotheques = {"LD_LIBRARY_PATH": str(next(lieu.glob("usr/lib/*-linux-gnu*")))}
    courtier = subprocess.Popen(
        ["taskset", "-c", p.SERVEUR, *redis],
        env=os.environ | bibliotheques,
        stdout=subprocess.DEVNULL,
    )
    try:
        os.environ["BANC_REDIS"] = f"unix://{prise}"
        with _apart("canaux", port) as serveur:
            yield serveur
    finally:
        courtier.kill()
        courtier.wait()
        shutil.rmtree(prise.parent, ignore_errors=True)


PLANCHER = Reference(nom="C loop on epoll (floor)", lance=_plancher)
NOMBREUSES = (
    Reference(nom="nginx + nchan", lance=_nchan),
    Reference(nom="a queue and a task per watcher, uvicorn", lance=partial(_module, "naif")),
    Reference(nom="Django StreamingHttpResponse, uvicorn", lance=partial(_module, "flux")),
)
PEU_NOMBREUSES = (
    Reference(nom="django-eventstream, uvicorn", lance=partial(_apart, "eventstream")),
    Reference(nom="Channels + channels_redis, uvicorn", lance=_channels),
)
