// The list of the agent's amphis, drawn again every five seconds while somebody looks at it.

const PERIODE = 5_000;
const liste = document.querySelector("[data-regie-liste]");

async function refresh() {
  if (document.hidden) return;
  try {
    const reponse = await fetch(location.href, { credentials: "same-origin" });
    if (!reponse.ok) return;
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    const nouvelle = page.querySelector("[data-regie-liste]");
    if (!nouvelle || nouvelle.innerHTML === liste.innerHTML) return;
    const foyer = liste.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    liste.replaceChildren(...nouvelle.childNodes);
    if (foyer) liste.querySelector(`a[href="${foyer}"]`)?.focus({ preventScroll: true });
  } catch {
    // The next period asks again.
  }
}

if (liste) setInterval(refresh, PERIODE);
