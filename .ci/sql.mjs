// Runs the SQL of docs/scale.md with DuckDB, over the outputs of a small fleet.
// node .ci/sql.mjs MODULES FOLDER, with fleet.parquet and fleet.jsonl in FOLDER.
import { createRequire } from "node:module"
import { readFileSync } from "node:fs"

const [modules, folder] = process.argv.slice(2)
const { DuckDBInstance } = createRequire(modules + "/")("@duckdb/node-api")
const [, sql] = readFileSync("docs/scale.md", "utf8").match(/```sql\n([\s\S]*?)```/)
process.chdir(folder)
const connection = await (await DuckDBInstance.create()).connect()
let ran = 0
for (const query of sql.split(";").map(q => q.trim()).filter(Boolean)) {
  const rows = (await connection.runAndReadAll(query)).getRowsJson()
  console.log(query.replace(/\s+/g, " "), "->", rows.length, "rows")
  if (rows.length === 0) throw new Error("no rows: " + query)
  ran++
}
if (ran < 3) throw new Error("the page has lost its queries")
