// The screen stays lit while it is my turn: a phone that sleeps would take some of my ninety seconds.

export class Veille {
  constructor() {
    this.voulue = false;
    // The browser lets go of the screen when one looks elsewhere.
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.ask(); });
  }

  keep(voulue) {
    this.voulue = voulue;
    if (voulue) { this.ask(); return; }
    this.verrou?.release();
    this.verrou = null;
  }

  async ask() {
    if (!this.voulue || (this.verrou && !this.verrou.released)) return;
    try {
      const verrou = await navigator.wakeLock?.request("screen");
      if (this.voulue) this.verrou = verrou;
      else verrou?.release();
    } catch {
      // Refused, as on a low battery: the page does without.
    }
  }
}
