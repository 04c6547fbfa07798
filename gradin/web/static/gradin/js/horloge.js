// The server's clock as this page knows it. The machine's own hour is never read.

const MEMOIRE = 12;

export class Horloge {
  // `monotone` counts milliseconds and never jumps: performance.now, or a test's own.
  constructor(monotone = () => performance.now()) {
    this.monotone = monotone;
    this.ecarts = [];
  }

  // What the server said, the moment it reached us. A message can be late, never early: the largest gap is the truest.
  set(maintenant) {
    if (!Number.isFinite(maintenant)) return;
    this.ecarts.push(maintenant - this.monotone());
    if (this.ecarts.length > MEMOIRE) this.ecarts.shift();
  }

  get connue() {
    return this.ecarts.length > 0;
  }

  now() {
    return this.monotone() + Math.max(...this.ecarts);
  }

  readHeader(reponse) {
    const valeur = reponse.headers.get("Gradin-Maintenant");
    if (valeur) this.set(Number(valeur));
  }
}

// Calls `battre()` now, then each time the whole seconds left before `fin()` change, and once a second otherwise.
export class Battement {
  constructor(horloge, fin, battre) {
    Object.assign(this, { horloge, fin, battre, minuterie: 0 });
  }

  restart() {
    clearTimeout(this.minuterie);
    this.battre();
    const fin = this.horloge.connue ? this.fin() : null;
    const reste = fin === null ? 0 : fin - this.horloge.now();
    const attente = reste > 0 ? reste % 1000 || 1000 : 1000;
    this.minuterie = setTimeout(() => this.restart(), Math.max(20, attente + 5));
  }
}
