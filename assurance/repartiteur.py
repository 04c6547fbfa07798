"""A tiny balancer, as nginx would be: each connection goes to the next server that answers."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator, Sequence


class Repartiteur:
    """`port` is known once it has started; runs in a thread of its own."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._prochain = 0
        self._loop = asyncio.new_event_loop()
        self.port = 0
        self.ecartees = 0

    async def start(self) -> None:
        serveur = await asyncio.start_server(self._carry, "127.0.0.1", 0, backlog=1_024)
        self.port = int(serveur.sockets[0].getsockname()[1])

    def run(self, pret: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self.start())
        pret.set()
        self._loop.run_forever()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _carry(self, lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
        try:
            la, vers = await self._open()
        except OSError:
            ecrire.close()
            return
        await asyncio.gather(pump(lire, vers), pump(la, ecrire))

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A server that is down is passed over; raises OSError when all are."""
        for _ in self._ports:
            self._prochain = (self._prochain + 1) % len(self._ports)
            try:
                return await asyncio.open_connection("127.0.0.1", self._ports[self._prochain])
            except OSError:
                self.ecartees += 1
        raise OSError("no server answers")


async def pump(lire: asyncio.StreamReader, ecrire: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while octets := await lire.read(65_536):
            ecrire.write(octets)
            await ecrire.drain()
    with contextlib.suppress(OSError, RuntimeError):
        ecrire.close()


@contextlib.contextmanager
def balancing(ports: Sequence[int]) -> Iterator[Repartiteur]:
    repartiteur, pret = Repartiteur(ports), threading.Event()
    fil = threading.Thread(target=repartiteur.run, args=(pret,), daemon=True)
    fil.start()
    pret.wait()
    try:
        yield repartiteur
    finally:
        repartiteur.stop()
        fil.join(5)
