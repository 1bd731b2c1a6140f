import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtInMarket } from '../market/market.js'
import { importFiles } from '../../src/lib/sources/csv/import-files.js'
import { bars, curves, day, from, never, series, testLake, type TestLake } from './lake.js'

let lake: TestLake
beforeEach(() => {
  lake = testLake()
})
afterEach(() => lake.remove())

/** What DuckDB answers, with the types of its columns. */
async function duckdb(sql: string): Promise<{ types: Record<string, string>; rows: Record<string, unknown>[] }> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const result = await connection.runAndReadAll(sql)
    const names = result.columnNames()
    const types = Object.fromEntries(result.columnTypes().map((type, i) => [names[i], String(type)]))
    return { types, rows: result.getRowObjectsJson() as Record<string, unknown>[] }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

describe('DuckDB opens the lake as it stands', () => {
  const files = (kind: string): string =>
    `read_parquet('${lake.dataDir}/lake/${kind}/*/*/data.parquet', hive_partitioning = true)`

  it('curves: DATE, INTEGER and DOUBLE, nulls where a number is unknown, product and source from the folders', async () => {
    await lake.open().write(
      [
        from(
          'csv',
          curves('CL', [
            ['2020-04-20', 202005, 1, -37.63, 13_044],
            ['2020-04-20', 202006, 2, 20.43],
          ]),
        ),
        from('sim', curves('RB', [['1969-12-31', 197001, 1, 0.5]])),
      ],
      never,
    )
    const { types, rows } = await duckdb(`SELECT * FROM ${files('curves')} WHERE product = 'CL' ORDER BY rank`)
    expect(types).toEqual({
      date: 'DATE',
      contract_month: 'INTEGER',
      rank: 'INTEGER',
      settlement: 'DOUBLE',
      open_interest: 'DOUBLE',
      product: 'VARCHAR',
      source: 'VARCHAR',
    })
    const second = { date: '2020-04-20', contract_month: 202006, rank: 2, settlement: 20.43, open_interest: null }
    expect(rows).toEqual([
      {
        date: '2020-04-20',
        contract_month: 202005,
        rank: 1,
        settlement: -37.63,
        open_interest: 13_044,
        product: 'CL',
        source: 'csv',
      },
      { ...second, product: 'CL', source: 'csv' },
    ])
    const simulated = await duckdb(`SELECT date, settlement FROM ${files('curves')} WHERE source = 'sim'`)
    expect(simulated.rows).toEqual([{ date: '1969-12-31', settlement: 0.5 }])
  })

  it('bars: a NaN is a null, so that an average leaves it out', async () => {
    await lake.open().write(
      [
        from(
          'csv',
          bars('CL', [
            ['2024-01-02', 72, 73, 70, 70.38, Number.NaN],
            ['2024-01-03', 70, 73, 69, 72.7, 300_000],
          ]),
        ),
      ],
      never,
    )
    const { rows } = await duckdb(`SELECT avg(volume) AS mean, count(volume) AS known FROM ${files('bars')}`)
    expect(rows).toEqual([{ mean: 300_000, known: '1' }])
  })

  it('series: every vintage, and the one in force on a day with a window function', async () => {
    await lake.open().write(
      [
        from(
          'eia',
          series('WCESTUS1', [
            ['2024-01-05', '2024-01-10', 432_403],
            ['2024-01-05', '2024-01-18', 432_000],
            ['2024-01-12', '2024-01-18', 429_911],
          ]),
        ),
      ],
      never,
    )
    const { rows } = await duckdb(
      `SELECT period, arg_max(value, known_on) AS value FROM ${files('series')} WHERE known_on <= DATE '2024-01-17' GROUP BY period`,
    )
    expect(rows).toEqual([{ period: '2024-01-05', value: 432_403 }])
  })

  it('agrees on count and sum over many row groups, and finds one day by statistics', async () => {
    const rows = 40_000
    const settlement = Float64Array.from({ length: rows }, (_, i) => Math.round(7000 + 3000 * Math.sin(i / 90)) / 100)
    const columns = {
      ...curves('BRN', []),
      day: Int32Array.from({ length: rows }, (_, i) => 15_000 + Math.floor(i / 40)),
      month: Int32Array.from({ length: rows }, (_, i) => 203001 + (i % 40)),
      rank: Int32Array.from({ length: rows }, (_, i) => 1 + (i % 40)),
      settlement,
    }
    await lake.open().write([from('csv', columns)], never)
    const { rows: totals } = await duckdb(
      `SELECT count(*) AS n, sum(settlement) AS sum, max(date) AS last FROM ${files('curves')}`,
    )
    const sum = settlement.reduce((total, value) => total + value, 0)
    expect(totals[0]['n']).toBe('40000')
    expect(totals[0]['sum']).toBeCloseTo(sum, 6)
    expect(totals[0]['last']).toBe('2013-10-21')
    const groups = await duckdb(
      `SELECT count(DISTINCT row_group_id) AS n, count(stats_min_value) AS known FROM parquet_metadata('${lake.dataDir}/lake/curves/product=BRN/source=csv/data.parquet') WHERE path_in_schema = 'date'`,
    )
    expect(Number(groups.rows[0]['n'])).toBeGreaterThan(1)
    expect(groups.rows[0]['known']).toBe(groups.rows[0]['n'])
  })
})

interface ParquetJs {
  ParquetSchema: new (fields: Record<string, { type: string; optional?: boolean }>) => object
  ParquetWriter: {
    openFile(schema: object, path: string): Promise<{ appendRow(row: object): Promise<void>; close(): Promise<void> }>
  }
}

describe('parquetjs-lite writes a file that can be imported', () => {
  it('settlements by rank with a date as text: the same prices, a missing one left out', async () => {
    const parquetjs = createRequire(import.meta.url)('parquetjs-lite') as ParquetJs
    const path = join(lake.dataDir, '..', 'ranks.parquet')
    const schema = new parquetjs.ParquetSchema({
      date: { type: 'UTF8' },
      CL01: { type: 'DOUBLE', optional: true },
      CL02: { type: 'DOUBLE', optional: true },
    })
    const writer = await parquetjs.ParquetWriter.openFile(schema, path)
    await writer.appendRow({ date: '2020-04-20', CL01: -37.63, CL02: 20.43 })
    await writer.appendRow({ date: '2020-04-21', CL01: 10.01 })
    await writer.close()

    const { readFile } = await import('node:fs/promises')
    const { section } = await import('../../src/lib/config/sections/publications.js')
    const { builtInYaml } = await import('../market/market.js')
    const imported = await importFiles(
      {
        market: builtInMarket(),
        publications: section.schema.parse(builtInYaml(section.file)),
        request: { renames: new Map(), units: new Map() },
        warn: () => undefined,
        signal: never,
      },
      [{ file: 'ranks.parquet', bytes: () => readFile(path) }],
      () => undefined,
    )
    const store = lake.open()
    await store.write(
      imported.datasets.map((columns) => from('csv', columns)),
      never,
    )
    const { columns } = await store.readCurves('CL')
    expect([...columns.day]).toEqual([day('2020-04-20'), day('2020-04-20'), day('2020-04-21')])
    expect([...columns.month]).toEqual([202005, 202006, 202005])
    expect([...columns.settlement]).toEqual([-37.63, 20.43, 10.01])
  })
})

describe('a file that another tool wrote into the lake', () => {
  it('is refused by name, since nothing says its unit', async () => {
    const store = lake.open()
    await store.write([from('csv', curves('CL', [['2024-01-02', 202402, 1, 70.38]]))], never)
    const path = 'lake/curves/product=CL/source=csv/data.parquet'
    await duckdb(
      `COPY (SELECT DATE '2024-01-02' AS date, 202402 AS contract_month, 1 AS rank, 70.38 AS settlement) TO '${lake.dataDir}/${path}' (FORMAT parquet)`,
    )
    await expect(store.readCurves('CL')).rejects.toMatchObject({
      kind: 'refused',
      code: 'LAKE_FILE_DAMAGED',
      message: `${path} is not a sound lake file: contango did not write it`,
    })
    writeFileSync(join(lake.dataDir, path), 'date,settlement\n')
    await expect(store.readCurves('CL')).rejects.toMatchObject({ code: 'LAKE_FILE_DAMAGED', details: { file: path } })
  })
})
