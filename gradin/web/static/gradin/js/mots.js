// Hours and quantities as a person says them, with French spaces.

const FORMATS = new Map();

function parts(ms, fuseau) {
  if (!FORMATS.has(fuseau)) {
    FORMATS.set(fuseau, new Intl.DateTimeFormat("fr-FR", {
      timeZone: fuseau, hour: "numeric", minute: "2-digit", second: "2-digit", hour12: false,
    }));
  }
  const champs = {};
  for (const part of FORMATS.get(fuseau).formatToParts(new Date(ms))) champs[part.type] = part.value;
  return { h: String(Number(champs.hour) % 24), m: champs.minute, s: champs.second };
}

export function hour(ms, fuseau) {
  const { h, m } = parts(ms, fuseau);
  return m === "00" ? `${h}\u00a0h` : `${h}\u00a0h\u00a0${m}`;
}

export function hourSeconds(ms, fuseau) {
  const { h, m, s } = parts(ms, fuseau);
  return `${h}\u00a0h\u00a0${m}\u00a0min\u00a0${s}\u00a0s`;
}

export function count(n, singulier, pluriel) {
  return `${number(n)}\u00a0${n < 2 ? singulier : pluriel}`;
}

export function number(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

export function fold(texte) {
  return texte.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
}
