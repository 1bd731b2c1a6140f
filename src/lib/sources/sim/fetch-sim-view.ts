import type { Section } from '../../cli/report.js'
import type { Table } from '../../cli/table.js'
import type { FetchSimData } from '../../documents/fetch-sim.js'

type Datasets = FetchSimData['datasets']

/** Every dataset with everything that is known of it: what csv, ndjson and arrow carry. */
export function datasetTable(datasets: Datasets): Table {
  const text = (name: 'kind' | 'name' | 'unit' | 'first' | 'last' | 'sha256') =>
    ({ name, kind: 'text', values: datasets.map((row) => row[name]) }) as const
  const count = (name: 'rows' | 'added' | 'revised' | 'removed') =>
    ({ name, kind: 'integer', values: datasets.map((row) => row[name]) }) as const
  return {
    length: datasets.length,
    columns: [
      text('kind'),
      text('name'),
      text('unit'),
      count('rows'),
      count('added'),
      count('revised'),
      count('removed'),
      text('first'),
      text('last'),
      text('sha256'),
    ],
  }
}

/** Curves and bars one by one, the many weekly series in one line. */
export function fetchSimView({ seed, from, to, datasets }: FetchSimData): Section[] {
  const daily = datasets.filter(({ kind }) => kind !== 'series')
  const weekly = datasets.filter(({ kind }) => kind === 'series')
  const { length, columns } = datasetTable(daily)
  const total = (field: 'rows' | 'added' | 'revised' | 'removed'): number =>
    weekly.reduce((sum, row) => sum + row[field], 0)
  const lines = [
    `and ${weekly.length} weekly series (EIA and CFTC ids): ${total('rows')} rows, ${total('added')} added, ` +
      `${total('revised')} revised, ${total('removed')} removed`,
  ]
  return [
    {
      title: `Simulated market of seed ${seed}, ${from} to ${to}`,
      table: { length, columns: columns.filter(({ name }) => name !== 'sha256') },
    },
    ...(weekly.length > 0 ? [{ lines }] : []),
  ]
}
