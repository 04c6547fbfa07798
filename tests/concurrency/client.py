"""A client process: posts what it reads on its standard input to one server, and writes each answer."""

import json
import subprocess
import sys
from typing import Any

import httpx


class Client:
    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.client", url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def post(self, chemin: str, corps: dict[str, Any], jeton: str, cle: str) -> None:
        assert self.process.stdin is not None
        demande = {"chemin": chemin, "corps": corps, "jeton": jeton, "cle": cle}
        self.process.stdin.write(json.dumps(demande) + "\n")
        self.process.stdin.flush()

    def answer(self) -> tuple[int, dict[str, Any]]:
        assert self.process.stdout is not None
        statut, corps = json.loads(self.process.stdout.readline())
        return statut, corps

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def main() -> None:
    with httpx.Client(base_url=sys.argv[1], timeout=60) as client:
        for line in sys.stdin:
            demande = json.loads(line)
            headers = {"Authorization": f"Bearer {demande['jeton']}", "Idempotency-Key": demande["cle"]}
            reponse = client.post(demande["chemin"], json=demande["corps"], headers=headers)
            sys.stdout.write(json.dumps([reponse.status_code, reponse.json()]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
