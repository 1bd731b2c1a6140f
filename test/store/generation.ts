import type { DatasetWrite } from '../../src/lib/store/types.js'

/** One write of three datasets in which every number is `value`: a mixture of two writes shows. */
export function generation(value: number): DatasetWrite[] {
  const rows = 500
  const day = Int32Array.from({ length: rows }, (_, i) => 18_000 + i)
  const all = new Float64Array(rows).fill(value)
  const curve = (product: 'CL' | 'BRN'): DatasetWrite => ({
    columns: {
      kind: 'curves',
      product,
      unit: 'USD/bbl',
      day,
      month: new Int32Array(rows).fill(203012),
      rank: new Int32Array(rows).fill(1),
      settlement: all,
    },
    source: 'csv',
    simulated: false,
  })
  const bars: DatasetWrite = {
    columns: {
      kind: 'bars',
      symbol: 'CL',
      unit: 'USD/bbl',
      sessionDay: day,
      open: all,
      high: all,
      low: all,
      close: all,
      volume: all,
    },
    source: 'csv',
    simulated: false,
  }
  return [curve('CL'), curve('BRN'), bars]
}

/** One settlement on one day. */
export function oneDay(day: number): DatasetWrite[] {
  return [
    {
      columns: {
        kind: 'curves',
        product: 'CL',
        unit: 'USD/bbl',
        day: Int32Array.of(day),
        month: Int32Array.of(203012),
        rank: Int32Array.of(1),
        settlement: Float64Array.of(day / 100),
      },
      source: 'csv',
      simulated: false,
    },
  ]
}
