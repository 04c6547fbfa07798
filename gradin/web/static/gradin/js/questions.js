// « Besoin d'assistance ? »: sends a question without leaving the page, and asks for the answer while one waits.

const PERIODE = 4_000;

export class Questions {
  // `annoncer(texte)`: an answer of the ARS has come.
  constructor(place, { annoncer }) {
    Object.assign(this, { place, annoncer });
    this.connues = new Set(this.answered().map((ligne) => ligne.dataset.question));
  }

  start() {
    this.place.addEventListener("submit", (evenement) => this.submit(evenement));
    this.place.addEventListener("input", (e) => { if (e.target.matches("textarea")) this.ecrit = e.target.value; });
    this.again();
  }

  answered() {
    return [...this.place.querySelectorAll("[data-question]")].filter((ligne) => ligne.querySelector("[data-reponse]"));
  }

  // Nobody who has asked nothing costs the server anything.
  again() {
    clearTimeout(this.attente);
    if (this.place.querySelector("[data-attend='oui']")) this.attente = setTimeout(() => this.refresh(), PERIODE);
  }

  async submit(evenement) {
    const formulaire = evenement.target.closest("[data-question-formulaire]");
    if (!formulaire) return;
    evenement.preventDefault();
    if (this.envoi) return;
    this.envoi = true;
    const corps = new FormData(formulaire, evenement.submitter);
    if (corps.get("usuelle")) corps.set("texte", "");
    await this.ask({ method: "POST", body: corps }, { vider: true });
    this.envoi = false;
  }

  async refresh() {
    await this.ask({}, { vider: false });
  }

  async ask(options, { vider }) {
    try {
      const reponse = await fetch(this.place.dataset.adresse, { ...options, headers: { "Gradin-Fragment": "1" }, credentials: "same-origin" });
      if (!reponse.ok || reponse.redirected) throw new Error(String(reponse.status));
      this.draw(await reponse.text(), vider);
    } catch {
      // The same key goes again with the next press: nothing is asked twice.
      if (vider) this.refuse();
    }
    this.again();
  }

  refuse() {
    const ligne = this.place.querySelector("[data-non-partie]") ?? document.createElement("p");
    ligne.dataset.nonPartie = "";
    ligne.setAttribute("role", "alert");
    ligne.textContent = "Votre question n’est pas partie. Réessayez, ou appelez l’ARS.";
    this.place.prepend(ligne);
  }

  // Words being written stay; an answer that was not there is told.
  draw(html, vider) {
    const foyer = document.activeElement?.id;
    this.place.innerHTML = html;
    const champ = this.place.querySelector("textarea");
    if (vider) this.ecrit = champ?.value ?? "";
    else if (champ && this.ecrit) champ.value = this.ecrit;
    if (foyer && foyer === champ?.id) champ.focus({ preventScroll: true });
    for (const ligne of this.answered()) {
      if (this.connues.has(ligne.dataset.question)) continue;
      this.connues.add(ligne.dataset.question);
      this.annoncer(ligne.querySelector("[data-reponse]").innerText.trim());
    }
  }
}

const seule = document.querySelector("[data-questions]");
if (seule && !document.querySelector("[data-salle]")) new Questions(seule, { annoncer: () => {} }).start();
