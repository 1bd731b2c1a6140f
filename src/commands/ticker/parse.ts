import { ContangoCommand } from '../../lib/cli/base-command.js'
import type { Context } from '../../lib/cli/context.js'
import { args } from '../../lib/cli/flags.js'
import type { Report } from '../../lib/cli/report.js'
import { requestedTicker } from '../../lib/cli/requested-ticker.js'
import type { Column } from '../../lib/cli/table.js'
import type { TickerParseData } from '../../lib/documents/ticker-parse.js'
import { isoFromDay } from '../../lib/kernel/day.js'
import { ContangoError } from '../../lib/kernel/errors.js'
import { isoFromMonth } from '../../lib/market/contract-month.js'
import { BLOOMBERG_FIELDS } from '../../lib/market/ticker.js'

export default class TickerParse extends ContangoCommand {
  static override summary = 'What a ticker means: product, month, exchange, multiplier'
  static override description =
    'Reads Bloomberg (CL1 Comdty, CLZ26 Comdty), Yahoo (CL=F, CLZ26.NYM) and EIA spot ids (RWTC). ' +
    'A one-digit year (CLF5) is the nearest contract that has not expired on --as-of.'
  static override examples = [
    '<%= config.bin %> ticker parse "CL1 Comdty" --json',
    '<%= config.bin %> ticker parse "CLF5 Comdty" --as-of 2024-06-03',
  ]
  static override needsWorkspace = false
  static override args = { ticker: args.string({ required: true, description: 'the ticker, quoted: "CL1 Comdty"' }) }

  protected async answer(ctx: Context): Promise<Report<TickerParseData>> {
    const { args } = this.input(TickerParse)
    const { read, asOf } = requestedTicker(ctx, args.ticker)
    if ('reason' in read) {
      throw new ContangoError('usage', read.code, read.reason, 'contango ticker list shows the tickers', {
        ticker: args.ticker,
      })
    }
    const { month, ...ticker } = read
    const { market } = ctx
    const { ticks } = market.instrument(ticker.product)
    const { tick, tickValueUsd } =
      (asOf !== null && ticks.findLast(({ from }) => from <= asOf)) || ticks[ticks.length - 1]
    const data: TickerParseData = {
      ...ticker,
      contract: month === null ? null : market.contractCode(ticker.product, month),
      deliveryMonth: month === null ? null : isoFromMonth(month),
      lastTradingDay: month === null ? null : isoFromDay(market.lastTradingDay(ticker.product, month)),
      tick,
      tickValueUsd,
      fields: BLOOMBERG_FIELDS,
    }
    const facts = [
      ['ticker', data.ticker],
      ['vendor', data.vendor],
      ['product', data.product],
      ['commodity', data.commodity],
      ['type', data.type],
      ['monthNumber', data.monthNumber],
      ['contract', data.contract],
      ['deliveryMonth', data.deliveryMonth],
      ['lastTradingDay', data.lastTradingDay],
      ['exchange', data.exchange],
      ['multiplier', data.multiplier],
      ['unit', data.unit],
      ['tick', data.tick],
      ['tickValueUsd', data.tickValueUsd],
    ] as const
    const columns: Column[] = facts.map(([name, value]) =>
      typeof value === 'number' ? { name, kind: 'number', values: [value] } : { name, kind: 'text', values: [value] },
    )
    const shown = facts.filter(([, value]) => value !== null)
    const view: Column[] = [
      { name: 'what', kind: 'text', header: '', values: shown.map(([name]) => name) },
      { name: 'value', kind: 'text', header: '', values: shown.map(([, value]) => String(value)) },
    ]
    return {
      asOf,
      data,
      rows: { length: 1, columns },
      view: [{ table: { length: shown.length, columns: view } }],
    }
  }
}
