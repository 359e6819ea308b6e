-- The sums of usage_rollup by day (UTC), kept in the same transaction: a month by model reads thirty days instead of three
-- thousand quarters of an hour.
--
-- Each statement commits by itself here, so each must be repeatable: the work of a process that died is done again.
DROP TABLE IF EXISTS usage_days;
CREATE TABLE IF NOT EXISTS usage_days (
    day              bigint NOT NULL,  -- its start
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
    PRIMARY KEY (day, names_hash)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE /*M! utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */;

INSERT INTO usage_days
SELECT slot - MOD(MOD(slot, 86400000000) + 86400000000, 86400000000) AS day, names_hash,
       MIN(key_id), MIN(model), MIN(provider), MIN(user_name), MIN(project),
       SUM(calls), SUM(errors), SUM(estimated), SUM(unpriced), SUM(cost), SUM(duration), SUM(input_text), SUM(input_audio),
       SUM(input_image), SUM(cache_read), SUM(cache_read_audio), SUM(cache_write_5m), SUM(cache_write_1h), SUM(output_text),
       SUM(output_reasoning), SUM(output_audio), SUM(output_image), SUM(tool_use), SUM(request), SUM(second),
       SUM(`character`)
FROM usage_rollup GROUP BY day, names_hash;
