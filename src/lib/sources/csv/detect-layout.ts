import type { Market, Product } from '../../market/market.js'
import { readContractCode, type ContractRef } from '../../market/contract-code.js'
import { parseDay } from './day-column.js'
import type { ImportRequest, Layout } from './import-request.js'
import { listed, refusal } from './refusals.js'

/** `First.Notice` → `firstnotice`: how column names are compared. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Names under which each column goes in the files of vendors. */
export const COLUMN_NAMES = {
  date: [
    'date',
    'period',
    'day',
    'time',
    'timestamp',
    'datetime',
    'tradedate',
    'observationdate',
    'sessionday',
    'reportdate',
    'reportdateasyyyymmdd',
  ],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close', 'settle', 'settlement', 'last', 'closelast'],
  volume: ['volume', 'vol'],
  openInterest: ['openinterest', 'oi', 'openint', 'prevdayopeninterest', 'openinterestall'],
  ticker: ['ticker', 'symbol', 'product', 'root', 'code'],
  contract: ['contract', 'contractmonth', 'deliverymonth', 'expirymonth', 'month', 'contractcode'],
  settlement: ['settlement', 'settle', 'settlementprice', 'close', 'price', 'last', 'value'],
  id: ['id', 'series', 'seriesid'],
  value: ['value', 'price', 'close', 'settle', 'settlement', 'last', 'rate'],
  release: ['releasedate', 'release', 'vintage', 'knownon', 'asof', 'realtimestart'],
  unit: ['uom', 'unit', 'units'],
  oiAll: ['all', 'openinterest', 'openinterestall', 'oi'],
  long: ['long', 'noncommlong', 'noncommpositionslongall', 'noncommercialong', 'noncommerciallong'],
  short: ['short', 'noncommshort', 'noncommpositionsshortall', 'noncommercialshort'],
  net: ['net', 'noncommnet', 'noncommercialnet'],
  lastTrade: ['lasttrade', 'lasttradingday', 'ltd', 'lasttradedate', 'expiry', 'expirydate'],
  tickPrefix: ['tickprefix', 'product', 'root', 'symbol', 'code'],
  year: ['year'],
  monthOfYear: ['month'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ColumnRole = keyof typeof COLUMN_NAMES

/** Position of the column that plays a role, by the order of its names; -1 where there is none. */
export function columnOf(headers: readonly string[], role: ColumnRole): number {
  const keys = headers.map(columnKey)
  for (const name of COLUMN_NAMES[role]) {
    const at = keys.indexOf(name)
    if (at >= 0) return at
  }
  return -1
}

/** Product and rank of a header such as `CL01`, `BRN36`, `CO1 Comdty`; null for any other. */
export function rankHeader(market: Market, header: string): { product: Product; rank: number } | null {
  const match = /^([A-Za-z]{1,4})[ _.-]?(\d{1,2})(?: comdty)?$/i.exec(header)
  const rank = match ? Number(match[2]) : 0
  if (!match || rank === 0) return null
  try {
    return { product: market.resolveProduct(match[1]), rank }
  } catch {
    return null
  }
}

/** Contract of a header such as `CLF24`; null for any other. */
export function contractHeader(market: Market, header: string): ContractRef | null {
  const code = header.replace(/ comdty$/i, '')
  if (!/^[A-Za-z]+[FGHJKMNQUVXZfghjkmnquvxz]\d{2}$/.test(code)) return null
  const read = readContractCode(market, code, null)
  return 'reason' in read ? null : read
}

interface LayoutForm {
  readonly layout: Layout
  /** The columns it needs, as an error lists them. */
  readonly needs: string
  readonly fits: (headers: readonly string[], market: Market) => boolean
}

const has = (headers: readonly string[], ...roles: ColumnRole[]): boolean =>
  roles.every((role) => columnOf(headers, role) >= 0)

/** In the order in which they are tried: the most particular first. */
const FORMS: readonly LayoutForm[] = [
  {
    layout: 'expiries',
    needs: 'a product, Year, Month, Last.Trade',
    fits: (headers) => has(headers, 'lastTrade', 'tickPrefix', 'year', 'monthOfYear'),
  },
  {
    layout: 'vintages',
    needs: 'id, release_date, and one column a period (2024-01-01 …)',
    fits: (headers) => has(headers, 'id', 'release') && headers.some((header) => parseDay(header) !== null),
  },
  {
    layout: 'bars',
    needs: 'date, open, high, low, close; ticker, volume',
    fits: (headers) => has(headers, 'date', 'open', 'high', 'low', 'close'),
  },
  {
    layout: 'positions',
    needs: 'date, long, short; all, net',
    fits: (headers) => has(headers, 'date', 'long', 'short'),
  },
  {
    layout: 'ranks',
    needs: 'date, and one column a rank (CL01 CL02 … BRN01 …)',
    fits: (headers, market) => has(headers, 'date') && headers.some((header) => rankHeader(market, header) !== null),
  },
  {
    layout: 'contracts',
    needs: 'date, contract (CLF24, or a product and 2024-01), settlement; or date, CLF24, CLG24 …',
    fits: (headers, market) =>
      has(headers, 'date', 'contract', 'settlement') ||
      (has(headers, 'date') && headers.some((header) => contractHeader(market, header) !== null)),
  },
  {
    layout: 'series',
    needs: 'date, and one column a series (RWTC, DGS10 …), or date and value',
    fits: (headers) => has(headers, 'date') && headers.length > 1,
  },
]

/** The layout that `--layout` names, or the first whose columns are all there. */
export function detectLayout(file: string, headers: readonly string[], market: Market, request: ImportRequest): Layout {
  const { layout } = request
  if (layout !== undefined) {
    const form = FORMS.find((candidate) => candidate.layout === layout)!
    if (!form.fits(headers, market)) {
      throw refusal(
        'COLUMN_MISSING',
        `${file} does not have the columns of layout ${layout} (${form.needs}); it has ${listed(headers)}`,
        'contango fetch csv FILE --map FROM=TO renames a column of the file',
        { file, layout, columns: headers.slice(0, 50) },
      )
    }
    return layout
  }
  const form = FORMS.find((candidate) => candidate.fits(headers, market))
  if (form) return form.layout
  const noDate = columnOf(headers, 'date') < 0
  throw refusal(
    noDate ? 'COLUMN_MISSING' : 'LAYOUT_UNKNOWN',
    `${file}: ${noDate ? 'no column holds dates' : 'no layout fits'}; its first line names ${listed(headers)}`,
    `layouts: ${FORMS.map(({ layout: name, needs }) => `${name} (${needs})`).join('; ')}. ` +
      'Rename columns with --map FROM=TO, for example --map Day=date',
    { file, columns: headers.slice(0, 50), layouts: FORMS.map(({ layout: name }) => name) },
  )
}
