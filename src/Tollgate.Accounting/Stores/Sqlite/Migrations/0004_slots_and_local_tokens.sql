-- What the caller's own tokenizer counted; for comparison, never priced.
ALTER TABLE usage ADD COLUMN local_input  INTEGER;
ALTER TABLE usage ADD COLUMN local_output INTEGER;
ALTER TABLE usage ADD COLUMN local_total  INTEGER;

-- The sums of usage_rollup by slot alone: the totals of a month read 3,000 rows, however many keys and models there are.
CREATE TABLE usage_slots (
    slot             INTEGER PRIMARY KEY,
    calls            INTEGER NOT NULL,
    errors           INTEGER NOT NULL,
    estimated        INTEGER NOT NULL,
    unpriced         INTEGER NOT NULL,
    cost_micro       INTEGER NOT NULL,
    cost_pico        INTEGER NOT NULL,
    duration         INTEGER NOT NULL,
    input_text       INTEGER NOT NULL,
    input_audio      INTEGER NOT NULL,
    input_image      INTEGER NOT NULL,
    cache_read       INTEGER NOT NULL,
    cache_read_audio INTEGER NOT NULL,
    cache_write_5m   INTEGER NOT NULL,
    cache_write_1h   INTEGER NOT NULL,
    output_text      INTEGER NOT NULL,
    output_reasoning INTEGER NOT NULL,
    output_audio     INTEGER NOT NULL,
    output_image     INTEGER NOT NULL,
    tool_use         INTEGER NOT NULL,
    request          INTEGER NOT NULL,
    second           INTEGER NOT NULL,
    character        INTEGER NOT NULL
);
INSERT INTO usage_slots
SELECT slot, sum(calls), sum(errors), sum(estimated), sum(unpriced), sum(cost_micro), sum(cost_pico), sum(duration),
       sum(input_text), sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
       sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image), sum(tool_use),
       sum(request), sum(second), sum(character)
FROM usage_rollup GROUP BY slot;

DROP VIEW accounting_entries;
CREATE VIEW accounting_entries AS
SELECT strftime('%Y-%m-%d %H:%M:%f', started_at / 1000000.0, 'unixepoch') AS datetime,
       model,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h AS prompt_tokens,
       output_text + output_reasoning + output_audio + output_image AS completion_tokens,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h
           + output_text + output_reasoning + output_audio + output_image AS total_tokens,
       local_input AS local_prompt_tokens,
       local_output AS local_completion_tokens,
       local_total AS local_total_tokens,
       cost / 1e12 AS cost,
       duration / 1e6 AS execution_time,
       application AS caller_name,
       user AS username,
       project,
       session,
       cache_read + cache_read_audio AS cached_tokens,
       output_reasoning AS reasoning_tokens
FROM usage;
