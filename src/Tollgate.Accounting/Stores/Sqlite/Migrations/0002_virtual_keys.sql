-- A revoked key keeps its row: the past must be able to name it, and "no key ever existed" must stay decidable.
CREATE TABLE virtual_keys (
    id             TEXT    NOT NULL PRIMARY KEY,
    hash           BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32), -- SHA-256 of the whole key
    prefix         TEXT    NOT NULL,                                  -- the first characters, for display only
    name           TEXT    NOT NULL,
    user           TEXT,
    project        TEXT,
    allowed_models TEXT,                                              -- one a line; NULL is every model
    created_at     INTEGER NOT NULL,
    expires_at     INTEGER,
    revoked_at     INTEGER
) WITHOUT ROWID;

-- Incremented in the transaction of every change, so that a running gateway sees it by reading one row.
CREATE TABLE directory_version (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO directory_version VALUES ('virtual_keys', 0);
