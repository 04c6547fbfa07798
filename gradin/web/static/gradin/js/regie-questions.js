// The queue of questions, live: asked again every few seconds, answered in place; words being typed are kept.

const PERIODE = 4_000;

export class FileQuestions {
  // `adresse`: where the fragment is read, null when the page brings it itself (`draw`).
  constructor(zone, { adresse, faire }) {
    Object.assign(this, { zone, adresse, faire });
  }

  start() {
    this.zone.addEventListener("submit", (evenement) => this.submit(evenement));
    if (this.adresse) setInterval(() => this.refresh(), PERIODE);
  }

  async refresh() {
    if (document.hidden || !this.adresse) return;
    try {
      const reponse = await fetch(this.adresse, { headers: { "Gradin-Fragment": "1" }, credentials: "same-origin" });
      if (reponse.ok && !reponse.redirected) this.draw(await reponse.text());
    } catch {
      // The next period asks again.
    }
  }

  // A question that somebody is answering keeps its row, unless it has been answered meanwhile.
  draw(html) {
    const neuve = document.createElement("div");
    neuve.innerHTML = html;
    for (const ancienne of this.zone.querySelectorAll("[data-question]")) {
      const champ = ancienne.querySelector("textarea");
      const nouvelle = neuve.querySelector(`[data-question="${ancienne.dataset.question}"]`);
      if (!nouvelle || !(champ.value || ancienne.contains(document.activeElement))) continue;
      ancienne.querySelector("[data-attente]").textContent = nouvelle.querySelector("[data-attente]").textContent;
      nouvelle.replaceWith(ancienne.cloneNode(false));
      neuve.querySelector(`[data-question="${ancienne.dataset.question}"]`).gradin = ancienne;
    }
    this.keep(neuve);
  }

  keep(neuve) {
    const foyer = document.activeElement;
    const debut = foyer?.selectionStart;
    const ouvert = this.zone.querySelector("details[open]") !== null;
    this.zone.replaceChildren(...neuve.childNodes);
    for (const vide of this.zone.querySelectorAll("[data-question]")) if (vide.gradin) vide.replaceWith(vide.gradin);
    const details = this.zone.querySelector("details");
    if (details) details.open = ouvert;
    if (foyer && foyer !== document.activeElement && this.zone.contains(foyer)) {
      foyer.focus({ preventScroll: true });
      if (foyer.matches("textarea")) foyer.setSelectionRange(debut, debut);
    }
  }

  async submit(evenement) {
    const formulaire = evenement.target.closest("form[data-repondre]");
    if (!formulaire) return;
    evenement.preventDefault();
    if (formulaire.dataset.envoi) return;
    formulaire.dataset.envoi = "oui";
    try {
      const reponse = await fetch(formulaire.action, {
        method: "POST", body: new FormData(formulaire, evenement.submitter),
        headers: { "Gradin-Fragment": "1" }, credentials: "same-origin",
      });
      if (reponse.ok && !reponse.redirected) this.answered(formulaire);
      else this.refuse(formulaire, reponse.status === 409 ? await reponse.text() : "La réponse n’est pas partie. Rechargez la page.");
    } catch {
      this.refuse(formulaire, "La réponse n’est pas partie. Réessayez\u00a0: elle ne partira pas deux fois.");
    }
    delete formulaire.dataset.envoi;
  }

  answered(formulaire) {
    formulaire.closest("[data-question]").remove();
    this.zone.querySelector("textarea")?.focus({ preventScroll: true });
    this.refresh();
    this.faire("La réponse est envoyée.");
  }

  refuse(formulaire, message) {
    const place = formulaire.querySelector("[data-refus-question]");
    place.textContent = message;
    place.hidden = false;
  }
}
