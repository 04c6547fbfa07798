"""The words of the canari: nobody who may not may ever read one of them."""

JETONS = {
    "ine": "CANARI-INE",
    "naissance": "1999-12-31",
    "naissance_dite": "31/12/1999",
    "courriel": "canari@secret.example",
    "telephone": "0699999999",
    "adresse": "7 rue du Canari",
    "temps": "17/9",
    "motif": "motif-canari",
    "recherche": "recherche-canari",
    "note": "note-canari",
    "question": "question-canari",
}
# What is kept hashed: no page has either, not even his own.
REPONSE = "reponse-canari"
