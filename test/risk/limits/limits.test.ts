import { describe, expect, it } from 'vitest'
import { loadSection } from '../../../src/lib/config/load-section.js'
import { section } from '../../../src/lib/config/sections/risk-limits.js'
import { bookOn } from '../../../src/lib/desk/book-on.js'
import { limitsOn, limitsWhatIf, tradeOf } from '../../../src/lib/desk/limits-on.js'
import { checkLimits, recentDrawdownUsd, type LimitedBook } from '../../../src/lib/risk/limits/check-limits.js'
import { limitStatus } from '../../../src/lib/risk/limits/limit-status.js'
import { packageRoot } from '../../support/contango.js'
import { temporaryFolder } from '../../support/temporary-folder.js'
import { april2020, bookDesk, bookFile, riskLimits } from '../portfolio/book-desk.js'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const levels = { warningFraction: 0.8, criticalFraction: 0.95, breachFraction: 1 }

describe('limitStatus', () => {
  it.each([
    [79.9, 'ok'],
    [80, 'warning'],
    [94.9, 'warning'],
    [95, 'critical'],
    [100, 'critical'],
    [100.001, 'breach'],
    [null, 'unknown'],
    [Number.NaN, 'unknown'],
  ])('of %s against 100 is %s', (value, status) => {
    expect(limitStatus(value, 100, levels).status).toBe(status)
  })
  it('of 0 forbids: one lot is a breach without a utilisation, none is ok', () => {
    expect(limitStatus(1, 0, levels)).toEqual({ utilisation: null, status: 'breach' })
    expect(limitStatus(0, 0, levels)).toEqual({ utilisation: 0, status: 'ok' })
  })
})

describe('checkLimits', () => {
  const position = { contract: 'CLG24', strategy: 'a', marginUsd: 10, spotMonthLimitLots: null } as const
  const known = { value: 0 }
  const book: LimitedBook = {
    positions: [
      { ...position, product: 'CL', lots: 30, notionalUsd: 3000 },
      { ...position, product: 'CL', contract: 'CLH24', lots: -10, notionalUsd: -1000 },
      {
        ...position,
        product: 'RB',
        contract: 'RBG24',
        strategy: 'b',
        lots: -10,
        notionalUsd: -1000,
        spotMonthLimitLots: 9,
      },
    ],
    capitalUsd: 1000,
    varUsd: { value: 50 },
    drawdownUsd: { daily: { value: 20 }, weekly: known, monthly: known },
  }
  const limits = {
    ...levels,
    varUsd: 100,
    grossExposureUsd: 5000,
    netExposureUsd: 500,
    leverage: 10,
    marginToCapital: 0.5,
    drawdown: { daily: 0.1 },
    concentration: { instrument: 0.9, crudeGroup: 0.7, strategy: 1 },
    instruments: { CL: { lots: 20, notionalUsd: 4000 } },
  } as const

  it('measures gross, net, leverage, drawdown, lots and concentration as a desk counts them', () => {
    const values = Object.fromEntries(checkLimits(book, limits).map(({ name, value }) => [name, value]))
    expect(values).toEqual({
      var95OneDay: 50,
      grossExposure: 5000, // 3000 + 1000 + 1000
      netExposure: 1000, // |3000 − 1000 − 1000|
      leverage: 5,
      marginToCapital: 0.03,
      drawdownDaily: 0.02,
      concentrationInstrument: 0.8,
      concentrationCrudeGroup: 0.8,
      concentrationStrategy: 0.8,
      lotsCL: 20,
      notionalCL: 2000,
      spotMonthRBG24: 10,
    })
  })

  it('names every breach: net, crude and the exchange’s spot month', () => {
    const breached = checkLimits(book, limits).filter(({ status }) => status === 'breach')
    expect(breached.map(({ name }) => name)).toEqual(['netExposure', 'concentrationCrudeGroup', 'spotMonthRBG24'])
  })

  it('is unknown, never ok, without capital', () => {
    const unknown = checkLimits({ ...book, capitalUsd: null }, limits).filter(({ status }) => status === 'unknown')
    expect(unknown.map(({ name }) => name)).toEqual(['leverage', 'marginToCapital', 'drawdownDaily'])
    expect(unknown[0].about).toContain('capitalUsd')
  })
})

describe('recentDrawdownUsd', () => {
  it('falls from the highest point: +10, −30, +5 is 25 below it', () => {
    const pnl = Float64Array.of(-99, 10, -30, 5)
    expect(recentDrawdownUsd(pnl, 3)).toBe(25)
    expect(recentDrawdownUsd(pnl, 1)).toBe(0)
    expect(recentDrawdownUsd(pnl, 5)).toBeNull()
  })
})

describe('config/risk_limits.yaml', () => {
  const builtIn = { workspaceDir: null, builtInDir: `${packageRoot}config` }

  it('is overridden by MAX_VAR_LIMIT and its likes', () => {
    const env = { MAX_VAR_LIMIT: '1000', MAX_DRAWDOWN_DAILY: '0.01', MAX_WTI_CONTRACTS: '5', MAX_NATGAS_CONTRACTS: '7' }
    const loaded = loadSection(section, builtIn, env)
    expect(loaded).toMatchObject({
      ok: true,
      value: {
        value: {
          varUsd: 1000,
          drawdown: { daily: 0.01, weekly: 0.06 },
          instruments: { CL: { lots: 5 }, NG: { lots: 7 } },
        },
      },
    })
  })

  it.each([
    ['MAX_VAR_LIMIT', 'much'],
    ['MAX_GROSS_EXPOSURE', '-1'],
    ['MAX_NET_EXPOSURE', '0'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(loadSection(section, builtIn, { [name]: value })).toMatchObject({
      ok: false,
      issues: [{ file: `env ${name}` }],
    })
  })

  it('refuses an unknown key with its line', () => {
    const folder = temporaryFolder('contango-limits-')
    writeFileSync(join(folder, 'risk_limits.yaml'), 'varUsd: 1000\nmaxVarr: 5\n')
    expect(loadSection(section, { workspaceDir: folder, builtInDir: builtIn.builtInDir }, {})).toMatchObject({
      ok: false,
      issues: [{ line: 2, path: 'maxVarr', message: 'unknown key' }],
    })
  })
})

describe('limits of a book', () => {
  const asOf = '2020-04-22'
  const book = 'capitalUsd: 1000000\npositions: [{ contract: CL1, lots: 1 }]'

  it('leave VaR and monthly drawdown unknown where the history is too short', async () => {
    const desk = bookDesk(april2020(), { asOf })
    const data = await limitsOn(desk, await bookOn(desk, bookFile('b.yaml', book)))
    expect(data.unknown).toEqual(['var95OneDay', 'drawdownWeekly', 'drawdownMonthly'])
    // the last day gained 2.21 USD/bbl
    expect(data.limits.find(({ name }) => name === 'drawdownDaily')).toMatchObject({ value: 0, status: 'ok' })
  })

  it('with a trade: 150 more lots of WTI breach the limit of 100', async () => {
    const desk = bookDesk(april2020(), { asOf, config: { riskLimits } })
    const { data } = await limitsWhatIf(desk, bookFile('b.yaml', book), [tradeOf('buy 150 CLN0', 'idea')])
    expect(data.trades).toMatchObject([{ contract: 'CLN20', lots: 150, settlement: 20.69 }])
    expect(data.newBreaches).toEqual(['leverage', 'marginToCapital', 'lotsCL'])
    expect(data.limits.find(({ name }) => name === 'lotsCL')).toMatchObject({
      valueBefore: 1,
      value: 151,
      statusBefore: 'ok',
      status: 'breach',
    })
  })

  it.each(['buy CLZ6', 'hold 3 CL1', 'buy 1.5 CL1', 'buy 3 CL1 at 5', ''])('refuses the trade "%s"', (text) => {
    expect(() => tradeOf(text, 's')).toThrow(expect.objectContaining({ code: 'BAD_TRADE', kind: 'usage' }))
  })

  it('reads a price that may be negative: sell 2 CLK0 @ -37.63', () => {
    expect(tradeOf('SELL 2 clk0 @ -37.63', 's')).toMatchObject({ lots: -2, contract: 'clk0', entryPrice: -37.63 })
  })
})
