// Runs SQL statements in DuckDB, which reads Parquet files with code of its own.
//   node duckdb.mjs STATEMENT...   prints the rows of each statement as one line of JSON
import { DuckDBInstance } from "@duckdb/node-api";

const database = await DuckDBInstance.create(":memory:");
const connection = await database.connect();
await connection.run("SET TimeZone = 'UTC'");
for (const statement of process.argv.slice(2)) {
  const result = await connection.runAndReadAll(statement);
  console.log(JSON.stringify(result.getRowsJson()));
}
