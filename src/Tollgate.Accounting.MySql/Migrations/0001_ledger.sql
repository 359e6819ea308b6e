-- Times are microseconds since 1970-01-01 UTC (negative before), durations microseconds; money is US dollars with 12 decimals,
-- exact. Texts compare by their bytes, without padding: names that differ in anything are different. The collation that does
-- so has another name on MariaDB than on MySQL; each server reads only the comment that is meant for it. The columns from
-- input_text to character are the disjoint kinds of consumption, one column each. usage and user are words of the language,
-- hence usage_records and user_name.
--
-- Each statement commits by itself here, so each must be repeatable. A statement ends with a semicolon at the end
-- of its line.

-- Append-only, in the order of identities, which for UUIDv7 is that of time.
CREATE TABLE IF NOT EXISTS usage_records (
    call_id          binary(16) NOT NULL, -- the UUID, its first byte first
    attempt          integer NOT NULL,
    started_at       bigint NOT NULL,
    duration         bigint NOT NULL,
    first_token      bigint,           -- duration to the first byte of the response body
    provider         mediumtext NOT NULL,
    model            mediumtext NOT NULL,
    model_group      mediumtext,
    response_model   mediumtext,
    deployment       mediumtext,
    operation        mediumtext NOT NULL,
    streamed         boolean NOT NULL,
    service_tier     smallint NOT NULL, -- 0 standard, 1 batch, 2 flex, 3 priority, 4 fast, 5 regional
    key_id           mediumtext,
    user_name        mediumtext,
    project          mediumtext,
    session          mediumtext,
    application      mediumtext,
    end_user         mediumtext,
    tags             mediumtext,
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    `character`      bigint NOT NULL,
    usage_source     smallint NOT NULL, -- 0 reported, 1 estimated, 2 missing
    local_input      bigint,           -- what the caller counted by itself; never priced
    local_output     bigint,
    local_total      bigint,
    cost             decimal(38, 12),  -- NULL is unpriced, which is not 0
    cost_source      mediumtext,
    outcome          smallint NOT NULL, -- 0 completed, 1 provider error, 2 connect failed, 3 timed out, 4 upstream cut,
                                       -- 5 client disconnected, 6 gateway crashed, 7 recorded manually
    status_code      integer NOT NULL,
    error_type       mediumtext,
    response_id      mediumtext,
    corrects_call    binary(16),
    corrects_attempt integer,
    booking          bigint NOT NULL,  -- the number of the transaction that recorded it, which identifies rows recorded earlier
    PRIMARY KEY (call_id, attempt),
    -- Listings in their order, the ends of a period that is not whole slots, and purging by age.
    INDEX usage_started (started_at, call_id, attempt)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- Sums of usage_records by slots of 15 minutes (half-hour and quarter-hour time zones exist), kept in the transaction that
-- books. '' means none. Five names of 256 characters do not fit into an index entry of 3072 bytes, so their SHA-256
-- stands for them in the key; callers choose names, so it has to be a collision-resistant hash.
CREATE TABLE IF NOT EXISTS usage_rollup (
    slot             bigint NOT NULL,  -- start of the slot
    names_hash       binary(32) NOT NULL,
    key_id           mediumtext NOT NULL,
    model            mediumtext NOT NULL,
    provider         mediumtext NOT NULL,
    user_name        mediumtext NOT NULL,
    project          mediumtext NOT NULL,
    calls            bigint NOT NULL,
    errors           bigint NOT NULL,
    estimated        bigint NOT NULL,
    unpriced         bigint NOT NULL,
    cost             decimal(38, 12) NOT NULL,
    duration         bigint NOT NULL,
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    `character`      bigint NOT NULL,
    PRIMARY KEY (slot, names_hash)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- The same sums by slot alone: a year is 35,040 rows, however many keys and users there are.
CREATE TABLE IF NOT EXISTS usage_slots (
    slot             bigint NOT NULL PRIMARY KEY,
    calls            bigint NOT NULL,
    errors           bigint NOT NULL,
    estimated        bigint NOT NULL,
    unpriced         bigint NOT NULL,
    cost             decimal(38, 12) NOT NULL,
    duration         bigint NOT NULL,
    input_text       bigint NOT NULL,
    input_audio      bigint NOT NULL,
    input_image      bigint NOT NULL,
    cache_read       bigint NOT NULL,
    cache_read_audio bigint NOT NULL,
    cache_write_5m   bigint NOT NULL,
    cache_write_1h   bigint NOT NULL,
    output_text      bigint NOT NULL,
    output_reasoning bigint NOT NULL,
    output_audio     bigint NOT NULL,
    output_image     bigint NOT NULL,
    tool_use         bigint NOT NULL,
    request          bigint NOT NULL,
    second           bigint NOT NULL,
    `character`      bigint NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

-- The flat view for hand-written SQL. NULL cost is unpriced. Times are UTC.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW accounting_entries AS
SELECT TIMESTAMP'1970-01-01 00:00:00' + INTERVAL started_at MICROSECOND AS datetime,
       model,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h AS prompt_tokens,
       output_text + output_reasoning + output_audio + output_image AS completion_tokens,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h
           + output_text + output_reasoning + output_audio + output_image AS total_tokens,
       local_input AS local_prompt_tokens,
       local_output AS local_completion_tokens,
       local_total AS local_total_tokens,
       cost,
       duration / 1e6 AS execution_time,
       application AS caller_name,
       user_name AS username,
       project,
       session,
       cache_read + cache_read_audio AS cached_tokens,
       output_reasoning AS reasoning_tokens
FROM usage_records;
