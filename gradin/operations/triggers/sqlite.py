"""The triggers of the embedded store; REPLACE is refused too, it deletes without firing any."""


def _refuse(name: str, event: str, table: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, 'the journal is append-only ({name})'); END"
    )


_SAME_FAIT = (
    "WHEN EXISTS (SELECT 1 FROM amphis_fait WHERE id = NEW.id OR (amphi_id = NEW.amphi_id AND n = NEW.n))"
)
_SAME_OPENING = "WHEN EXISTS (SELECT 1 FROM amphis_faitprive WHERE id = NEW.id OR fait_id = NEW.fait_id)"

_TRIGGERS = {
    "fait_refuse_update": ("UPDATE", "amphis_fait", ""),
    "fait_refuse_delete": ("DELETE", "amphis_fait", ""),
    "fait_refuse_replace": ("INSERT", "amphis_fait", _SAME_FAIT),
    "faitprive_refuse_update": ("UPDATE", "amphis_faitprive", ""),
    "faitprive_refuse_replace": ("INSERT", "amphis_faitprive", _SAME_OPENING),
}

INSTALL = tuple(_refuse(name, *trigger) for name, trigger in _TRIGGERS.items())
LIFT = tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGERS)

# The text counts, not the name alone: an emptied trigger does not pass for one.
STANDING = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
EXPECTED = frozenset(zip(_TRIGGERS, INSTALL, strict=True))
