// A long work: asks for the moving part of the page until it is over.

const PERIODE = 700;
const element = document.querySelector("[data-suivi]");

async function follow() {
  const reponse = await fetch(location.href, { headers: { "Gradin-Fragment": "1" }, credentials: "same-origin" }).catch(() => null);
  if (reponse?.redirected) location.reload();
  else if (reponse?.ok) element.innerHTML = await reponse.text();
  if (element.querySelector("[data-encours]")) setTimeout(follow, PERIODE);
}

if (element?.querySelector("[data-encours]")) setTimeout(follow, PERIODE);
