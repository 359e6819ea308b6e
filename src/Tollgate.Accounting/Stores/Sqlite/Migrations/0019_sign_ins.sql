-- Sessions of people who signed in. The id is a UUIDv7 in hexadecimal, so that its order is that of time. Times are microseconds since 1970.
CREATE TABLE sign_in_sessions (
    id          TEXT NOT NULL PRIMARY KEY,
    account     TEXT NOT NULL,
    kind        TEXT NOT NULL,    -- browser, api
    secret_hash TEXT NOT NULL,    -- SHA-256 in hexadecimal
    method      TEXT NOT NULL,    -- password, oidc, setup
    created_at  INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    end_reason  TEXT,
    address     TEXT,
    agent       TEXT
) WITHOUT ROWID;
CREATE INDEX sign_in_sessions_account ON sign_in_sessions (account, id);
CREATE INDEX sign_in_sessions_expiry ON sign_in_sessions (expires_at);

-- Counters of attempts to sign in.
CREATE TABLE sign_in_attempts (
    subject     TEXT NOT NULL PRIMARY KEY, -- account:NAME, address:1.2.3.4
    attempts    INTEGER NOT NULL,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    previous_at INTEGER                    -- the attempt before the last one
) WITHOUT ROWID;
CREATE INDEX sign_in_attempts_last ON sign_in_attempts (last_at);
