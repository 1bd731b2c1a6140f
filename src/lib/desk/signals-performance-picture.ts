import type { LadderChartInput } from '../charts/specs/ladder-chart.js'
import type { SignalPerformanceRow, SignalsPerformanceData } from '../documents/signals-performance.js'

export const PERFORMANCE_PANELS = ['signals', 'horizon', 'decay', 'calibration'] as const
export type PerformancePanel = (typeof PERFORMANCE_PANELS)[number]

type Picture = Omit<LadderChartInput, 'simulated' | 'source' | 'asOf'>

/** Bars of one question about the first product of an answer. */
export function performancePicture(
  { products: [product], mainHorizonDays: main, basis }: SignalsPerformanceData,
  panel: PerformancePanel,
): Picture {
  const { name, signals, from, to } = product
  const [first] = signals
  const when = `${basis === 'replayed' ? 'replayed point in time' : 'as it was said'}, ${from} to ${to}`
  switch (panel) {
    case 'signals': {
      const rows = signals
        .flatMap((signal) => {
          const ic = signal.horizons.find(({ horizonDays }) => horizonDays === main)
          return ic?.informationCoefficient == null
            ? []
            : [{ signal: signal.name, value: ic.informationCoefficient, t: ic.icT }]
        })
        .sort((a, b) => b.value - a.value)
      const telling = rows.filter(({ t }) => t !== null && t > 2).length
      return {
        title: `${name}: ${telling} of ${rows.length} signals with an information coefficient beyond two standard errors`,
        subtitle: `Rank correlation of score and change ${main} days ahead, with its t; ${when}`,
        unit: 'information coefficient',
        digits: 3,
        bars: rows.map(({ signal, value, t }) => ({
          label: signal,
          value,
          note: t === null ? undefined : `t ${t.toFixed(1)}`,
        })),
      }
    }
    case 'horizon':
      return {
        title: `${name}, ${first.name}: USD a lot by horizon`,
        subtitle: `Mean of one lot the signal’s way, with the 95 % bootstrap interval; ${when}, no costs`,
        unit: 'USD per lot',
        digits: 0,
        bars: first.horizons.map((row) => ({
          label: days(row.horizonDays),
          value: row.meanPnlUsdPerLot ?? Number.NaN,
          note:
            row.pnlLowUsd === null || row.pnlHighUsd === null
              ? undefined
              : `${row.pnlLowUsd.toFixed(0)} … ${row.pnlHighUsd.toFixed(0)}`,
        })),
      }
    case 'decay':
      return {
        title: `${name}, ${first.name}: what it says ${lasting(first)}`,
        subtitle: `Information coefficient by days ahead; ${when}`,
        unit: 'information coefficient',
        digits: 3,
        bars: first.decay.map((row) => ({
          label: days(row.horizonDays),
          value: row.informationCoefficient ?? Number.NaN,
        })),
      }
    case 'calibration':
      return {
        title: `${name}, ${first.name}: hits by confidence`,
        subtitle: `Share of days that moved the signal’s way ${main} days ahead less one half, per cent; ${when}`,
        unit: 'hits beyond 50 %',
        digits: 1,
        bars: first.calibration.map((row) => ({
          label: `confidence ${row.group}`,
          value: row.hitRate === null ? Number.NaN : 100 * row.hitRate - 50,
          note: `${row.observations} days`,
        })),
      }
  }
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

function lasting({ decay }: SignalPerformanceRow): string {
  const known = decay.flatMap(({ horizonDays, informationCoefficient }) =>
    informationCoefficient === null ? [] : [{ horizonDays, value: informationCoefficient }],
  )
  if (known.length === 0) return 'is not known'
  const best = known.reduce((a, b) => (b.value > a.value ? b : a))
  return best.value > 0 ? `tells most ${days(best.horizonDays)} ahead` : 'has the wrong sign at every horizon'
}
