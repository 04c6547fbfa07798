// The console: follows the stream, draws its zones again from the server when a fact comes, counts the seconds.

import { Direct } from "./direct.js";
import { Battement, Horloge } from "./horloge.js";
import { Actes } from "./regie-actes.js";
import { FileQuestions } from "./regie-questions.js";
import { Secours } from "./regie-secours.js";

const GROUPE = 120;
const VEILLE = 20_000;

class Regie {
  constructor(page) {
    this.page = page;
    this.horloge = new Horloge();
    this.connectes = null;
    this.direct = new Direct({
      base: page.dataset.api,
      depuis: () => this.seq,
      recevoir: (nom, donnees) => this.hear(nom, donnees),
      changer: ({ liee }) => { page.querySelector("[data-liaison]").hidden = liee; if (liee) this.soon(); },
      horloge: this.horloge,
    });
    this.actes = new Actes(page, { faire: () => this.soon(), depuis: () => this.seq, horloge: this.horloge });
    this.battement = new Battement(this.horloge, () => this.fin, () => this.beat());
  }

  get seq() {
    return Number(this.page.querySelector("[data-seq]").dataset.seq);
  }

  start() {
    const temps = this.page.querySelector("[data-temps]");
    if (temps) this.horloge.set(Number(temps.dataset.maintenant));
    this.vu = this.seq;
    this.actes.start();
    const questions = this.page.querySelector("[data-file-questions]");
    if (questions) new FileQuestions(questions, { adresse: questions.dataset.adresse, faire: (mots) => this.actes.say(mots) }).start();
    const copie = document.querySelector("[data-secours]");
    if (copie) new Secours(copie, { horloge: this.horloge, fuseau: this.page.dataset.fuseau }).start();
    this.direct.start();
    this.readTurn();
    setInterval(() => { if (!document.hidden) this.soon(); }, VEILLE);
    document.addEventListener("click", (e) => {
      for (const menu of this.page.querySelectorAll("details.tiroir[open]")) if (!menu.contains(e.target)) menu.open = false;
    });
  }

  hear(nom, donnees) {
    if (nom === "presence") { this.showPresence(new Set(donnees.connectes)); return; }
    if (nom === "horloge") { if (donnees.seq > this.seq) this.soon(); return; }
    if (nom === "moi" || nom === "panne") return;
    this.soon();
  }

  // Several facts of one act, several acts of one second: one drawing.
  soon() {
    if (this.attend) return;
    this.attend = setTimeout(() => this.refresh(), GROUPE);
  }

  async refresh() {
    if (this.charge) { this.encore = true; this.attend = 0; return; }
    this.charge = true;
    this.attend = 0;
    try {
      const reponse = await fetch(location.href, { credentials: "same-origin" });
      if (reponse.ok) this.draw(new DOMParser().parseFromString(await reponse.text(), "text/html"));
    } catch {
      // The stream says when the link is lost; the next fact or the next watch asks again.
    }
    this.charge = false;
    if (this.encore) { this.encore = false; this.soon(); }
  }

  draw(nouvelle) {
    const zones = [...nouvelle.querySelectorAll("[data-zone]")];
    const ici = document.querySelectorAll("[data-zone]");
    if (zones.length !== ici.length || Number(nouvelle.querySelector("[data-seq]")?.dataset.seq) < this.seq) {
      if (zones.length !== ici.length) location.reload();
      return;
    }
    document.title = nouvelle.title;
    for (const zone of zones) this.replace(document.querySelector(`[data-zone="${zone.dataset.zone}"]`), zone);
    if (this.connectes) this.showPresence(this.connectes);
    this.readTurn();
  }

  // What did not change is not touched; what was open stays open, what had the focus keeps it.
  replace(ancienne, nouvelle) {
    if (!ancienne) return;
    ancienne.hidden = nouvelle.hidden;
    if (nouvelle.dataset.seq) ancienne.dataset.seq = nouvelle.dataset.seq;
    const html = withoutSecrets(nouvelle);
    if (ancienne.gradinHtml === undefined) ancienne.gradinHtml = withoutSecrets(ancienne);
    if (html === ancienne.gradinHtml) { refreshSecrets(ancienne, nouvelle); return; }
    ancienne.gradinHtml = html;
    const ouverts = new Set([...ancienne.querySelectorAll("details[open][id]")].map((d) => d.id));
    const foyer = ancienne.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    const defile = [...ancienne.querySelectorAll(".journal")].map((e) => e.scrollTop);
    const saisie = ancienne.contains(document.activeElement) && document.activeElement.matches("[type=search], [data-garde]") ? document.activeElement : null;
    ancienne.replaceChildren(...nouvelle.childNodes);
    // Words being typed are the agent's: a choice made meanwhile does not wipe them.
    if (saisie) keepTyping(ancienne.querySelector(`#${saisie.id}`), saisie);
    for (const details of ancienne.querySelectorAll("details[id]")) details.open = ouverts.has(details.id) || details.open;
    [...ancienne.querySelectorAll(".journal")].forEach((e, i) => { e.scrollTop = defile[i] ?? 0; });
    if (foyer) [...ancienne.querySelectorAll("a[href], button, summary, [tabindex]")].find((e) => nameOf(e) === foyer)?.focus({ preventScroll: true });
  }

  readTurn() {
    const temps = this.page.querySelector("[data-temps]");
    this.fin = temps && !temps.dataset.suspendu ? Number(temps.dataset.fin) : null;
    this.battement.restart();
  }

  beat() {
    const temps = this.page.querySelector("[data-temps]");
    if (!temps || this.fin === null || !this.horloge.connue) return;
    const secondes = Math.max(0, Math.ceil((this.fin - this.horloge.now()) / 1000));
    temps.textContent = `${secondes}\u00a0s`;
    // An act being worded counts down with the stage, unless the tour it names is over.
    for (const copie of this.page.querySelectorAll("[data-temps-de]")) {
      copie.textContent = copie.dataset.tempsDe === temps.dataset.tour ? String(secondes) : "0";
    }
  }

  // Connections come by themselves, every two seconds at most: nothing is asked for them.
  showPresence(connectes) {
    this.connectes = connectes;
    for (const element of this.page.querySelectorAll("[data-presence]")) {
      element.dataset.present = connectes.has(Number(element.dataset.presence)) ? "oui" : "non";
    }
    for (const ligne of this.page.querySelectorAll("[data-attend]")) {
      const present = connectes.has(Number(ligne.dataset.attend));
      ligne.classList.toggle("file__ligne--alerte", !present && "proche" in ligne.dataset);
    }
    const mots = document.querySelector("[data-connectes-mots]");
    if (mots) mots.textContent = `${connectes.size}\u00a0${connectes.size < 2 ? "connecté" : "connectés"}`;
  }
}

// A number typed for a tour that is over is not the next one's.
function keepTyping(neuve, saisie) {
  if (!neuve) return;
  const meme = neuve.dataset.garde === saisie.dataset.garde;
  if (meme) neuve.replaceWith(saisie);
  (meme ? saisie : neuve).focus({ preventScroll: true });
}

// Keys and tokens change at each rendering; they are not news.
function withoutSecrets(zone) {
  const copie = zone.cloneNode(true);
  for (const champ of copie.querySelectorAll("input[type=hidden]")) champ.remove();
  for (const temps of copie.querySelectorAll("[data-temps]")) { temps.textContent = ""; temps.removeAttribute("data-maintenant"); }
  for (const details of copie.querySelectorAll("details[open]")) details.removeAttribute("open");
  for (const present of copie.querySelectorAll("[data-present]")) present.removeAttribute("data-present");
  for (const ligne of copie.querySelectorAll(".file__ligne--alerte")) ligne.classList.remove("file__ligne--alerte");
  return copie.innerHTML;
}

function refreshSecrets(ancienne, nouvelle) {
  const champs = (zone) => [...zone.querySelectorAll("form input[type=hidden]")];
  const neufs = champs(nouvelle);
  champs(ancienne).forEach((champ, i) => { champ.value = neufs[i]?.value ?? champ.value; });
}

function nameOf(element) {
  return element.getAttribute("href") ?? `${element.tagName} ${element.textContent.trim()}`;
}

const page = document.querySelector("[data-regie]");
if (page) new Regie(page).start();
