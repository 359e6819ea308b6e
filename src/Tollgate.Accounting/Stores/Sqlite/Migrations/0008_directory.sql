-- All small records that gateways share, each a JSON text under a kind and a name. Virtual keys were a table of their own.
CREATE TABLE directory_entries (
    kind       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    value      TEXT    NOT NULL, -- JSON
    revision   INTEGER NOT NULL, -- the version after its last change
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;

-- A key keeps its entry when it is revoked: the past must be able to name it, and "no key ever existed" must stay decidable.
INSERT INTO directory_entries (kind, name, value, revision, changed_at)
WITH RECURSIVE part (id, place, model, rest) AS (
    SELECT id, 0, NULL, allowed_models || char(10) FROM virtual_keys WHERE allowed_models IS NOT NULL
    UNION ALL
    SELECT id, place + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1) FROM part WHERE rest <> ''
),
models (id, list) AS (
    SELECT id, json_group_array(model) FROM (SELECT id, model FROM part WHERE place > 0 ORDER BY id, place) GROUP BY id
),
moments (id, created, expires, revoked) AS (
    SELECT id,
           strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000000, 'unixepoch') || printf('.%06d+00:00', created_at % 1000000),
           strftime('%Y-%m-%dT%H:%M:%S', expires_at / 1000000, 'unixepoch') || printf('.%06d+00:00', expires_at % 1000000),
           strftime('%Y-%m-%dT%H:%M:%S', revoked_at / 1000000, 'unixepoch') || printf('.%06d+00:00', revoked_at % 1000000)
    FROM virtual_keys
)
SELECT 'key', k.id,
       json_object('hash', lower(hex(k.hash)), 'prefix', k.prefix, 'name', k.name, 'user', k.user, 'project', k.project,
                   'allowed_models', json(m.list), 'created_at', t.created, 'expires_at', t.expires, 'revoked_at', t.revoked),
       (SELECT version + 1 FROM directory_version WHERE name = 'virtual_keys'),
       coalesce(k.revoked_at, k.created_at)
FROM virtual_keys k JOIN moments t ON t.id = k.id LEFT JOIN models m ON m.id = k.id;

-- Incremented in the transaction of every change, so that a running gateway sees it by reading one row.
CREATE TABLE new_version (version INTEGER NOT NULL);
INSERT INTO new_version SELECT version + 1 FROM directory_version WHERE name = 'virtual_keys' AND EXISTS (SELECT 1 FROM directory_entries)
UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM directory_entries);
DROP TABLE directory_version;
DROP TABLE virtual_keys;
ALTER TABLE new_version RENAME TO directory_version;
