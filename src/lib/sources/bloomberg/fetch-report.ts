import type { Report, Section } from '../../cli/report.js'
import type { Column, Table } from '../../cli/table.js'
import type { FetchBloombergData } from '../../documents/fetch-bloomberg.js'
import { isoFromDay, type EpochDay } from '../../kernel/day.js'
import { historicalBody, intradayBody } from './bloomberg.js'
import { REFERENCE_FIELDS } from './contract-facts.js'
import type { FetchedFromBloomberg } from './fetch-bloomberg.js'
import { intradayWindow } from './fetch-intraday.js'
import { BAR_FIELDS, CONTRACT_FIELD, CURVE_FIELDS } from './map.js'
import type { PlannedFetch } from './plan-fetch.js'

type Transport = FetchBloombergData['transport']

/** What was fetched, as an answer. */
export function fetchedReport(transport: Transport, fetched: FetchedFromBloomberg): Report<FetchBloombergData> {
  const iso = (day: EpochDay | null): string | null => (day === null ? null : isoFromDay(day))
  const datasets = fetched.datasets.map((one) => ({ ...one, first: iso(one.first), last: iso(one.last) }))
  const reference = fetched.reference.map((one) => ({ ...one, differs: [...one.differs] }))
  const intraday = fetched.intraday.map((one) => ({ ...one }))
  const stored = datasetTable(datasets)
  const bars = intradayTable(intraday)
  const facts = referenceTable(reference)
  const view: Section[] = []
  if (datasets.length > 0 || reference.length + intraday.length === 0) {
    view.push({ table: { ...stored, columns: stored.columns.filter(({ name }) => name !== 'sha256') } })
  }
  if (intraday.length > 0) view.push({ title: 'Bars within the day', table: bars })
  if (reference.length > 0) view.push({ title: 'What Bloomberg says of the contracts', table: facts })
  return {
    asOf: null,
    data: { transport, dryRun: false, datasets, intraday, reference, planned: [] },
    rows: datasets.length > 0 ? stored : intraday.length > 0 ? bars : facts,
    view,
  }
}

/** What would be asked, before it is split to fit a server's size limit. */
export function plannedReport(
  transport: Transport,
  fetches: readonly PlannedFetch[],
  intervalMinutes: number,
): Report<FetchBloombergData> {
  const planned = fetches.flatMap((fetch) => {
    const { what, product, tickers, from, to } = fetch
    const one = (type: string, body: object) => ({ type, product, body: JSON.stringify(body) })
    if (what === 'reference') return [one('ReferenceDataRequest', { securities: tickers, fields: REFERENCE_FIELDS })]
    if (what === 'intraday') {
      const window = { intervalMinutes, ...intradayWindow(fetch) }
      return tickers.map((security) => one('IntradayBarRequest', intradayBody({ security, ...window })))
    }
    const fields = what === 'bars' ? BAR_FIELDS : [...CURVE_FIELDS, CONTRACT_FIELD]
    return [one('HistoricalDataRequest', historicalBody(tickers, fields, from, to))]
  })
  const text = (name: 'type' | 'product' | 'body'): Column => ({
    name,
    kind: 'text',
    values: planned.map((one) => one[name]),
  })
  return {
    asOf: null,
    data: { transport, dryRun: true, datasets: [], intraday: [], reference: [], planned },
    rows: { length: planned.length, columns: [text('type'), text('product'), text('body')] },
    view: [{ lines: planned.map(({ type, body }) => `${type} ${body}`) }],
  }
}

function datasetTable(datasets: FetchBloombergData['datasets']): Table {
  const text = (name: 'kind' | 'name' | 'unit' | 'first' | 'last' | 'sha256'): Column => ({
    name,
    kind: 'text',
    values: datasets.map((row) => row[name]),
  })
  const count = (name: 'tickers' | 'added' | 'revised' | 'dropped' | 'rows'): Column => ({
    name,
    kind: 'integer',
    values: datasets.map((row) => row[name]),
  })
  return {
    length: datasets.length,
    columns: [
      text('kind'),
      text('name'),
      text('unit'),
      count('tickers'),
      count('added'),
      count('revised'),
      count('dropped'),
      count('rows'),
      text('first'),
      text('last'),
      text('sha256'),
    ],
  }
}

function intradayTable(intraday: FetchBloombergData['intraday']): Table {
  const text = (name: 'ticker' | 'name' | 'first' | 'last'): Column => ({
    name,
    kind: 'text',
    values: intraday.map((row) => row[name]),
  })
  const count = (name: 'intervalMinutes' | 'bars' | 'added' | 'revised' | 'dropped'): Column => ({
    name,
    kind: 'integer',
    values: intraday.map((row) => row[name]),
  })
  return {
    length: intraday.length,
    columns: [
      text('ticker'),
      text('name'),
      count('intervalMinutes'),
      count('bars'),
      count('added'),
      count('revised'),
      count('dropped'),
      text('first'),
      text('last'),
    ],
  }
}

function referenceTable(reference: FetchBloombergData['reference']): Table {
  const text = (
    name: 'ticker' | 'product' | 'contract' | 'lastTradingDay' | 'firstNoticeDay' | 'currency',
  ): Column => ({ name, kind: 'text', values: reference.map((row) => row[name]) })
  const number = (name: 'contractSize' | 'tick' | 'pointValue'): Column => ({
    name,
    kind: 'number',
    values: reference.map((row) => row[name]),
  })
  return {
    length: reference.length,
    columns: [
      text('ticker'),
      text('product'),
      text('contract'),
      text('lastTradingDay'),
      text('firstNoticeDay'),
      number('contractSize'),
      number('tick'),
      number('pointValue'),
      text('currency'),
      { name: 'differs', kind: 'text', values: reference.map(({ differs }) => differs.join('; ')) },
    ],
  }
}
