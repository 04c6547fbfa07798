-- The role of the service where the tables belong to another: psql -d gradin -f service.sql as their owner, after
-- `gradin migrate`, which stays the owner's. Made once:  createuser --pwprompt gradin_service
-- It reads and writes rows, defines nothing (no trigger can be dropped or disabled), and may not change the journal.
GRANT USAGE ON SCHEMA public TO gradin_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO gradin_service;
GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO gradin_service;
-- Tables of a later migration, from its first second on.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gradin_service;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, USAGE ON SEQUENCES TO gradin_service;
-- Written once, read for ever. Retention deletes openings, never lines.
REVOKE UPDATE, DELETE ON amphis_fait FROM gradin_service;
REVOKE UPDATE ON amphis_faitprive FROM gradin_service;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM gradin_service;
