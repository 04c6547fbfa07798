// The day of the agent: what needs him, the questions and the amphis, drawn again every five seconds while he looks.

import { FileQuestions } from "./regie-questions.js";

const PERIODE = 5_000;
const jour = document.querySelector("[data-regie-jour]");

// Tokens change at each rendering; they are not news.
function withoutSecrets(zone) {
  const copie = zone.cloneNode(true);
  for (const champ of copie.querySelectorAll("input[type=hidden]")) champ.remove();
  return copie.innerHTML;
}

function nameOf(element) {
  return element.getAttribute("href") ?? `${element.tagName} ${element.textContent.trim()}`;
}

function replace(ancienne, nouvelle) {
  if (!ancienne || !nouvelle || withoutSecrets(ancienne) === withoutSecrets(nouvelle)) return;
  const foyer = ancienne.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  ancienne.replaceChildren(...nouvelle.childNodes);
  if (foyer) [...ancienne.querySelectorAll("a[href], button")].find((e) => nameOf(e) === foyer)?.focus({ preventScroll: true });
}

async function refresh(file) {
  if (document.hidden) return;
  try {
    const reponse = await fetch(location.href, { credentials: "same-origin" });
    if (!reponse.ok) return;
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    document.title = page.title;
    for (const zone of page.querySelectorAll("[data-zone]")) replace(jour.querySelector(`[data-zone="${zone.dataset.zone}"]`), zone);
    const questions = page.querySelector("[data-file-questions]");
    if (questions) file.draw(questions.innerHTML);
  } catch {
    // The next period asks again.
  }
}

if (jour) {
  const avis = document.querySelector("[data-avis]");
  const file = new FileQuestions(jour.querySelector("[data-file-questions]"), { adresse: null, faire: (mots) => { avis.textContent = mots; refresh(file); } });
  file.start();
  setInterval(() => refresh(file), PERIODE);
}
