-- All small records that gateways share (keys, users, projects, limits), each a JSON text under a kind and a name. Text, not jsonb:
-- it comes back as it was put.
CREATE TABLE directory_entries (
    kind       text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    value      text COLLATE "C" NOT NULL, -- JSON
    revision   bigint NOT NULL,           -- the version after its last change
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (kind, name)
);

-- One row, incremented in the transaction of every change and locked by it, so that changes come one after another.
CREATE TABLE directory_version (version bigint NOT NULL);
INSERT INTO directory_version VALUES (0);
