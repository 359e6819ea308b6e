-- The flat view for hand-written SQL. cost is a REAL in dollars for reading convenience: sums that must be exact to the
-- last digit are taken over usage.cost. NULL cost is unpriced.
CREATE VIEW accounting_entries AS
SELECT strftime('%Y-%m-%d %H:%M:%f', started_at / 1000000.0, 'unixepoch') AS datetime,
       model,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h AS prompt_tokens,
       output_text + output_reasoning + output_audio + output_image AS completion_tokens,
       input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + cache_write_1h
           + output_text + output_reasoning + output_audio + output_image AS total_tokens,
       NULL AS local_prompt_tokens,
       NULL AS local_completion_tokens,
       NULL AS local_total_tokens,
       cost / 1e12 AS cost,
       duration / 1e6 AS execution_time,
       application AS caller_name,
       user AS username,
       project,
       session,
       cache_read + cache_read_audio AS cached_tokens,
       output_reasoning AS reasoning_tokens
FROM usage;
