import { startLoopback, type Loopback } from './loopback.js'

const DAYS = ['2024-03-06', '2024-03-07', '2024-03-08', '2024-03-11', '2024-03-12']

/**
 * Yahoo's chart endpoint on loopback: five days of any front month, midnight New York, through the change of its clocks; the
 * third has no close. CL=X is a symbol that it does not know.
 */
export function startYahooServer(): Promise<Loopback> {
  return startLoopback((url) => {
    const symbol = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
    if (symbol === 'CL=X') {
      const error = { code: 'Not Found', description: 'No data found, symbol may be delisted' }
      return { status: 404, body: { chart: { result: null, error } } }
    }
    const from = Number(url.searchParams.get('period1'))
    const shown = DAYS.map((day, i) => ({
      seconds: Date.parse(`${day}T${day < '2024-03-10' ? '05' : '04'}:00:00Z`) / 1000,
      close: i === 2 ? null : (/^(CL|BZ)/.test(symbol) ? 79 : 2.5) + i / 100,
    })).filter(({ seconds }) => seconds >= from)
    const column = (shift: number): (number | null)[] =>
      shown.map(({ close }) => (close === null ? null : close + shift))
    const quote = {
      open: column(-0.01),
      high: column(0.02),
      low: column(-0.02),
      close: column(0),
      volume: column(1000),
    }
    const meta = { currency: 'USD', symbol, gmtoffset: -18000, exchangeTimezoneName: 'America/New_York' }
    const result = [{ meta, timestamp: shown.map(({ seconds }) => seconds), indicators: { quote: [quote] } }]
    return { status: 200, body: { chart: { result, error: null } } }
  })
}
