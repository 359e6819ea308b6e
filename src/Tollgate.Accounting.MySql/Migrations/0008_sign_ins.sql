-- Sessions of people who signed in. The id is a UUIDv7 in hexadecimal, so that its order is that of time. Times are microseconds since 1970.
CREATE TABLE IF NOT EXISTS sign_in_sessions (
    id          char(32) NOT NULL PRIMARY KEY,
    account     varchar(256) NOT NULL,
    kind        varchar(16) NOT NULL, -- browser, api
    secret_hash char(64) NOT NULL,    -- SHA-256 in hexadecimal
    method      varchar(16) NOT NULL, -- password, oidc, setup
    created_at  bigint NOT NULL,
    seen_at     bigint NOT NULL,
    expires_at  bigint NOT NULL,
    ended_at    bigint,
    end_reason  varchar(64),
    address     varchar(256),
    agent       varchar(256),
    KEY sign_in_sessions_account (account, id),
    KEY sign_in_sessions_expiry (expires_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Counters of attempts to sign in.
CREATE TABLE IF NOT EXISTS sign_in_attempts (
    subject     varchar(256) NOT NULL PRIMARY KEY, -- account:NAME, address:1.2.3.4
    attempts    int NOT NULL,
    first_at    bigint NOT NULL,
    last_at     bigint NOT NULL,
    previous_at bigint,                            -- the attempt before the last one
    KEY sign_in_attempts_last (last_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;
