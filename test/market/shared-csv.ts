import { readFileSync } from 'node:fs'
import { dayFromIso } from '../../src/lib/kernel/day.js'
import type { CurveColumns } from '../../src/lib/market/dataset.js'
import type { Market, Product } from '../../src/lib/market/market.js'

/** Rows of a plain CSV as records; blanks stay blank. */
export function csvRecords(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]))
  })
}

/** One product's settlements of a wide rank table (CL01 … CL36) in long form, contract by contract; nothing is dropped. */
export function curveOfWideTable(
  market: Market,
  records: readonly Record<string, string>[],
  product: Product,
): CurveColumns {
  const names = Object.keys(records[0]).filter((name) => new RegExp(`^${product}\\d\\d$`).test(name))
  const day: number[] = []
  const month: number[] = []
  const rank: number[] = []
  const settlement: number[] = []
  for (const record of records) {
    const date = dayFromIso(record['date'])
    if (date === null) throw new Error(`"${record['date']}" is no date`)
    names.forEach((name, i) => {
      if (record[name] === '' || record[name] === 'NA') return
      day.push(date)
      rank.push(i + 1)
      month.push(market.monthAtRank(product, date, i + 1))
      settlement.push(Number(record[name]))
    })
  }
  return {
    kind: 'curves',
    product,
    unit: market.instrument(product).unit,
    day: Int32Array.from(day),
    month: Int32Array.from(month),
    rank: Int32Array.from(rank),
    settlement: Float64Array.from(settlement),
  }
}
