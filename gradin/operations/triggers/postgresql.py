"""The triggers of PostgreSQL: whole statements are refused, TRUNCATE included."""

_FUNCTION = """
CREATE OR REPLACE FUNCTION gradin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only (%)', TG_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_TRIGGERS = {
    "fait_refuse_change": ("UPDATE OR DELETE OR TRUNCATE", "amphis_fait"),
    "faitprive_refuse_change": ("UPDATE OR TRUNCATE", "amphis_faitprive"),
}

INSTALL = (
    _FUNCTION,
    *(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION gradin_refuse()"
        for name, (event, table) in _TRIGGERS.items()
    ),
    # Also under session_replication_role = replica, which a restore may leave behind.
    *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for name, (_, table) in _TRIGGERS.items()),
)
LIFT = tuple(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, (_, table) in _TRIGGERS.items())

STANDING = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgenabled = 'A' AND p.proname = 'gradin_refuse'
"""
EXPECTED = frozenset((name, table) for name, (_, table) in _TRIGGERS.items())
