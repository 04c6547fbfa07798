"""What templates say about hours, dates, ranks and quantities, in careful French."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gradin.domain.identite import fold_telephone
from gradin.queries.recus import MOIS

register = template.Library()

FUSEAU = "Europe/Paris"
INSECABLE = "\u00a0"
FINE = "\u202f"
SIGNES_TELEPHONE = frozenset("0123456789+.-() \u00a0\u202f")
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@register.simple_tag
def icone(nom: str) -> SafeString:
    """One drawing of the sprite; the word beside it says the same thing."""
    return format_html(
        '<svg class="icone" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("gradin/svg/sprite.svg"),
        nom,
    )


@register.filter
def heure(moment: int | datetime | None, fuseau: str = FUSEAU) -> str:
    """`10 h 53`, or `11 h` on the hour. Takes ms UTC or an aware datetime."""
    if moment is None:
        return ""
    local = localize(moment, fuseau)
    minutes = f"{INSECABLE}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{INSECABLE}h{minutes}"


@register.filter
def heure_secondes(moment: int | datetime | None, fuseau: str = FUSEAU) -> str:
    """`10 h 31 min 12 s`: the hour of what is shown, when seconds matter."""
    if moment is None:
        return ""
    local = localize(moment, fuseau)
    return INSECABLE.join((str(local.hour), "h", f"{local.minute:02d}", "min", f"{local.second:02d}", "s"))


@register.filter
def jour(moment: int | datetime | None, fuseau: str = FUSEAU) -> SafeString | str:
    """`mardi 6 avril`, `jeudi 1er avril` with its raised letters."""
    if moment is None:
        return ""
    local = localize(moment, fuseau)
    quantieme = mark_safe("1<sup>er</sup>") if local.day == 1 else str(local.day)
    return format_html("{} {}{}{}", JOURS[local.weekday()], quantieme, INSECABLE, MOIS[local.month - 1])


@register.filter
def jour_an(moment: int | datetime | None, fuseau: str = FUSEAU) -> SafeString | str:
    """`mardi 6 avril 2027`."""
    if moment is None:
        return ""
    return format_html("{}{}{}", jour(moment, fuseau), INSECABLE, localize(moment, fuseau).year)


@register.filter
def date_seule(jour: date | None) -> str:
    """`1er février 2027`, of a day without an hour; plain letters, an <option> holds no other."""
    if jour is None:
        return ""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


@register.filter
def jour_heure(moment: int | datetime | None, fuseau: str = FUSEAU) -> SafeString | str:
    """`mardi 6 avril à 9 h 30`."""
    if moment is None:
        return ""
    return format_html("{} à {}", jour(moment, fuseau), heure(moment, fuseau))


@register.filter
def jour_heure_an(moment: int | datetime | None, fuseau: str = FUSEAU) -> SafeString | str:
    """`mardi 6 avril à 9 h 30`, with its year when it is not the current one."""
    if moment is None or localize(moment, fuseau).year == localize(datetime.now(UTC), fuseau).year:
        return jour_heure(moment, fuseau)
    return format_html("{} à {}", jour_an(moment, fuseau), heure(moment, fuseau))


@register.filter
def limite(moment: int | datetime | None, fuseau: str = FUSEAU) -> SafeString | str:
    """`mercredi 25 novembre à minuit`: a deadline at 0 h is the end of the day before."""
    if moment is None:
        return ""
    local = localize(moment, fuseau)
    if local.hour or local.minute:
        return jour_heure(moment, fuseau)
    return format_html("{} à minuit", jour(local - timedelta(minutes=1), fuseau))


@register.filter
def ordinal(rang: int | None) -> SafeString | str:
    """`87e` with its raised letter; the first is `1er`."""
    if rang is None:
        return ""
    return format_html("{}<sup>{}</sup>", nombre(rang), "er" if rang == 1 else "e")


@register.filter
def nombre(valeur: int | None) -> str:
    """`1 419`, with a thin no-break space."""
    return "" if valeur is None else f"{valeur:,}".replace(",", FINE)


@register.filter
def decimal(valeur: str | None) -> str:
    """`7,58`, as it is written in French."""
    return (valeur or "").replace(".", ",")


@register.filter
def telephone(numero: str) -> str:
    """`06 51 85 15 15`, however it was typed; what is not a French number stays as written."""
    chiffres = fold_telephone(numero)
    seul = set(numero) <= SIGNES_TELEPHONE
    if not seul or len(chiffres) != 10 or not chiffres.startswith("0"):
        return numero
    return INSECABLE.join(chiffres[i : i + 2] for i in range(0, 10, 2))


@register.filter
def pluriel(valeur: int, formes: str) -> str:
    """`{{ 3|pluriel:"poste libre,postes libres" }}`; in French zero is singular."""
    singulier, _, plusieurs = formes.partition(",")
    mot = singulier if abs(valeur) < 2 else plusieurs
    return f"{nombre(valeur)}{INSECABLE}{mot}"


@register.simple_tag(takes_context=True)
def joindre(context: template.Context) -> SafeString | str:
    """After « l’ARS » in a sentence that sends there: ` (04 00 00 00 00, internat@…, du lundi…)`."""
    ars = context.get("assistance") or {}
    appel, courriel = ars.get("telephone", ""), ars.get("courriel", "")
    moyens = [
        format_html('<a class="insecable" href="tel:{}">{}</a>', appel.replace(" ", ""), telephone(appel))
        if appel
        else "",
        format_html('<a href="mailto:{}">{}</a>', courriel, courriel) if courriel else "",
        ars.get("horaires", ""),
    ]
    dits = [(moyen,) for moyen in moyens if moyen]
    return format_html(" ({})", format_html_join(", ", "{}", dits)) if appel or courriel else ""


@register.filter
def prenom(nom: str) -> str:
    """The word one is greeted by."""
    return nom.split()[0] if nom else ""


def localize(moment: int | datetime, fuseau: str = FUSEAU) -> datetime:
    """The hour on the wall of a subdivision, from ms UTC or an aware datetime."""
    if isinstance(moment, int):
        moment = datetime.fromtimestamp(moment / 1000, UTC)
    return moment.astimezone(ZoneInfo(fuseau))
