// What the salle asks of the API: JSON in and out, the server's hour read on every answer.

export class Reseau {
  constructor({ api, moi, jeton, horloge }) {
    Object.assign(this, { api, adresseMoi: moi, jeton, horloge });
  }

  async read(adresse) {
    const reponse = await fetch(adresse, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    this.horloge.readHeader(reponse);
    if (!reponse.ok) throw Object.assign(new Error(`${adresse} ${reponse.status}`), { statut: reponse.status });
    return reponse.json();
  }

  snapshot() {
    return this.read(this.api);
  }

  mine() {
    return this.read(this.adresseMoi);
  }

  // The whole list in its order; what the server kept of it comes back.
  async putFavourites(favoris) {
    const reponse = await fetch(`${this.api}/favoris`, {
      method: "PUT",
      credentials: "same-origin",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.jeton },
      body: JSON.stringify(favoris),
    });
    const contenu = await reponse.json().catch(() => ({}));
    return { fait: reponse.ok, contenu };
  }

  // `cle` stays the same from one try to the next, so that a choice that arrived is never made twice.
  // `signal` gives it up: on a dead link a browser waits for minutes.
  async post(chemin, corps, cle, signal) {
    const reponse = await fetch(this.api + chemin, {
      signal,
      method: "POST",
      credentials: "same-origin",
      headers: {
        Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.jeton, "Idempotency-Key": cle,
      },
      body: JSON.stringify(corps),
    });
    this.horloge.readHeader(reponse);
    const contenu = await reponse.json().catch(() => ({}));
    return { statut: reponse.status, fait: reponse.ok, contenu };
  }
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}
