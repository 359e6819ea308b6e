-- Sessions of people who signed in. The id is a UUIDv7 in hexadecimal, so that its order is that of time. Times are microseconds since 1970.
CREATE TABLE sign_in_sessions (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    account     text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL, -- browser, api
    secret_hash text COLLATE "C" NOT NULL, -- SHA-256 in hexadecimal
    method      text COLLATE "C" NOT NULL, -- password, oidc, setup
    created_at  bigint NOT NULL,
    seen_at     bigint NOT NULL,
    expires_at  bigint NOT NULL,
    ended_at    bigint,
    end_reason  text COLLATE "C",
    address     text COLLATE "C",
    agent       text COLLATE "C"
);
CREATE INDEX sign_in_sessions_account ON sign_in_sessions (account, id);
CREATE INDEX sign_in_sessions_expiry ON sign_in_sessions (expires_at);

-- Counters of attempts to sign in.
CREATE TABLE sign_in_attempts (
    subject     text COLLATE "C" NOT NULL PRIMARY KEY, -- account:NAME, address:1.2.3.4
    attempts    integer NOT NULL,
    first_at    bigint NOT NULL,
    last_at     bigint NOT NULL,
    previous_at bigint                                 -- the attempt before the last one
);
CREATE INDEX sign_in_attempts_last ON sign_in_attempts (last_at);
