// `duckdb -c SQL` for the pipelines of the documentation, on DuckDB's own library: its command line is not a package.
import { DuckDBInstance } from '@duckdb/node-api'

const sql = process.argv[process.argv.indexOf('-c') + 1]
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const result = await connection.runAndReadAll(sql)
for (const row of result.getRowsJson()) process.stdout.write(`${row.join('\t')}\n`)
