"""« Chrome sur Linux »: what one recognises a session by, out of what its browser says of itself."""

# The first that is found: each browser also claims to be those below it.
NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def name_navigateur(agent: str) -> str:
    navigateur = next((nom for signe, nom in NAVIGATEURS if signe in agent), "Navigateur inconnu")
    systeme = next((nom for signe, nom in SYSTEMES if signe in agent), "")
    return f"{navigateur} sur {systeme}" if systeme else navigateur
