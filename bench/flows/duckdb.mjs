// The same two answers by DuckDB: the file is read once into a table, minutes are a difference and a running sum.
// node duckdb.mjs FILE
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const duckdb = await instance.connect();
const file = process.argv[2].replaceAll("'", "''");

await duckdb.run(`
  CREATE TEMP TABLE flows AS
  SELECT type,
         coalesce(tokens_in, 0) AS tokens_in, coalesce(tokens_out, 0) AS tokens_out,
         try_strptime(created_at, '%Y-%m-%d %H:%M:%S.%f UTC') AS created_at,
         try_strptime(finished_at, '%Y-%m-%d %H:%M:%S.%f UTC') AS finished_at
  FROM read_csv('${file}', header = true, auto_detect = false, delim = ',', quote = '"', columns = {
    flow_id: 'VARCHAR', created_at: 'VARCHAR', finished_at: 'VARCHAR', status: 'VARCHAR', type: 'VARCHAR', region: 'VARCHAR',
    user_id: 'VARCHAR', org_id: 'VARCHAR', tokens_in: 'DOUBLE', tokens_out: 'DOUBLE', llm_calls: 'DOUBLE' })`);

const types = await duckdb.runAndReadAll(`
  SELECT type, quantile_cont(tokens_in * 2.5e-6 + tokens_out * 1e-5, 0.9) AS cost FROM flows GROUP BY type ORDER BY type`);

const peak = await duckdb.runAndReadAll(`
  WITH shares AS (
    SELECT epoch_us(created_at) // 60000000 AS first, epoch_us(finished_at) // 60000000 + 1 AS behind,
           (tokens_in + tokens_out) / (behind - first) AS share
    FROM flows WHERE created_at IS NOT NULL AND finished_at IS NOT NULL),
  changes AS (
    SELECT minute, sum(change) AS change
    FROM (SELECT first AS minute, share AS change FROM shares UNION ALL SELECT behind, -share FROM shares) GROUP BY minute)
  SELECT minute, sum(change) OVER (ORDER BY minute) AS tokens FROM changes ORDER BY tokens DESC, minute LIMIT 1`);

const [minute, tokens] = peak.getRows()[0];
console.log(JSON.stringify({
  types: Object.fromEntries(types.getRows()),
  peak: { minute: new Date(Number(minute) * 60000).toISOString().replace(".000Z", "Z"), tokens },
}));
