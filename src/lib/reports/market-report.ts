import { dateText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import type { CurveData } from '../documents/curve.js'
import type { PricesData } from '../documents/prices.js'
import type { SpreadsData } from '../documents/spreads.js'
import type { Provenance } from '../market/dataset.js'
import type { ReportChart } from './chart-figure.js'
import { curvesSection } from './curves-section.js'
import { marketHeadline } from './market-headline.js'
import { type Markup, markup, NOTHING } from './markup.js'
import { pricesSection } from './prices-section.js'
import { reportPage } from './report-page.js'
import { simulatedBanner } from './simulated-banner.js'
import { sourcesSection } from './sources-section.js'
import { spreadsSection } from './spreads-section.js'
import { warningsSection } from './warnings-section.js'

export interface MarketReportInput {
  /** `2023-12-29`. */
  readonly asOf: string
  readonly prices: PricesData | null
  readonly curves: readonly CurveData[]
  readonly spreads: SpreadsData | null
  readonly charts: readonly ReportChart[]
  readonly inputs: readonly Provenance[]
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
}

/**
 * The market on one day as one HTML file: no script, no network, light and dark, fit for paper. A pure function of
 * the documents that `prices`, `curve` and `spreads` print: two equal inputs give two equal files.
 */
export function marketReport({ asOf, prices, curves, spreads, charts, inputs, warnings }: MarketReportInput): string {
  const { title, findings } = marketHeadline(prices, curves, spreads)
  const simulated = inputs.some((series) => series.simulated)
  const body = [
    simulatedBanner(inputs),
    markup`<header>
<p class="muted">Oil market at settlement, ${dateText(asOf)}</p>
<h1>${title}</h1>
<ul class="lead">${findings.map((finding) => markup`<li>${finding}</li>`)}</ul>
</header>
`,
    prices ? pricesSection(prices, charts) : NOTHING,
    curves.length > 0 ? curvesSection(curves, charts) : NOTHING,
    spreads ? spreadsSection(spreads, charts) : NOTHING,
    warningsSection(warnings),
    sourcesSection(inputs),
    conventionsSection(prices, curves, spreads),
  ]
  return reportPage({ title: `Oil market, ${dateText(asOf)}`, description: title, simulated, body })
}




function conventionsSection(
  prices: PricesData | null,
  curves: readonly CurveData[],
  spreads: SpreadsData | null,
): Markup {
  const price = prices?.assumptions
  const carry = curves[0]?.assumptions
  const lines = [
    ...(price
      ? [
          `Roll: ${price.roll}.`,
          `Changes over ${price.fiveDaySettlements}, ${price.oneMonthSettlements} and ${price.oneYearSettlements} settlements; range over ${price.rangeWindow}: ${price.rangeBasis}.`,
          `Volatility: ${price.volatilityMode}, ${price.volatilityWindow} returns, × √${price.daysPerYear}.`,
        ]
      : []),
    ...(carry
      ? [
          `Structure and slope look at ranks 1–${carry.structureRanks}. Roll yield: ln(M1 ÷ M2) × ${carry.rollYieldDays} ÷ days between the last trading days.`,
          `Full carry: ${numberText(100 * carry.financingRate, 2)} % a year (${carry.financingDayCount}) and storage of ${numberText(carry.storageUsdPerBbl, 2)} USD/bbl per ${carry.storagePeriodDays} days.`,
        ]
      : []),
    ...(spreads
      ? [
          `Spreads aligned by ${spreads.align}. Percentile: ${spreads.assumptions.percentile}. Standard deviation with ddof ${spreads.assumptions.ddof}; ${spreads.assumptions.gallonsPerBarrel} gallons to the barrel.`,
        ]
      : []),
  ]
  return markup`<section><h2>Conventions</h2>
<ul class="muted">${lines.map((line) => markup`<li>${line}</li>`)}</ul></section>
`
}
