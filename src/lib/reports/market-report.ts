import { createHash } from 'node:crypto'
import { dateText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import type { CurveData } from '../documents/curve.js'
import type { PricesData } from '../documents/prices.js'
import type { SpreadsData } from '../documents/spreads.js'
import type { Provenance } from '../market/dataset.js'
import type { ReportChart } from './chart-figure.js'
import { curvesSection } from './curves-section.js'
import { marketHeadline } from './market-headline.js'
import { Markup, markup, NOTHING } from './markup.js'
import { pricesSection } from './prices-section.js'
import { REPORT_STYLE } from './report-style.js'
import { headCell, numberCell, reportTable, textCell } from './report-table.js'
import { spreadsSection } from './spreads-section.js'

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
  const styleHash = new Markup(createHash('sha256').update(REPORT_STYLE).digest('base64'))
  const body = [
    simulated ? simulatedBanner(inputs) : NOTHING,
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
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<title>${simulated ? 'SIMULATED: ' : ''}Oil market, ${dateText(asOf)}</title>
<meta name="description" content="${title}">
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
${body}<footer class="muted"><p>Made by contango from the data named above${simulated ? ', some of it SIMULATED' : ''}. Not investment advice.</p></footer>
</main>
</body>
</html>
`.text
}

function simulatedBanner(inputs: readonly Provenance[]): Markup {
  const names = [...new Set(inputs.filter((series) => series.simulated).map(({ series }) => series))]
  const which = inputs.every((series) => series.simulated)
    ? 'Every price in this report was'
    : `The prices of ${names.join(', ')} were`
  return markup`<p class="simulated" role="note">SIMULATED DATA. ${which} made by contango’s simulator; none of it is the market.</p>\n`
}

function warningsSection(warnings: MarketReportInput['warnings']): Markup {
  if (warnings.length === 0) return NOTHING
  return markup`<section><h2>Warnings</h2>
<ul>${warnings.map(({ code, message }) => markup`<li><code>${code}</code> ${message}</li>`)}</ul></section>
`
}

function sourcesSection(inputs: readonly Provenance[]): Markup {
  const columns = [
    { header: 'series', text: true },
    { header: 'kind', text: true },
    { header: 'source', text: true },
    { header: 'rows' },
    { header: 'first', text: true },
    { header: 'last', text: true },
    { header: 'SHA-256', text: true },
  ]
  const rows = inputs.map(
    (input) =>
      markup`${[
        headCell(input.series),
        textCell(input.kind),
        textCell(`${input.source}${input.simulated ? ' (SIMULATED)' : ''}`),
        numberCell(input.rows, 0),
        textCell(input.first === null ? '–' : dateText(input.first)),
        textCell(input.last === null ? '–' : dateText(input.last)),
        markup`<td class="text wrap"><code>${input.sha256}</code></td>`,
      ]}`,
  )
  return markup`<section><h2>Data</h2>
${reportTable('What was read, with the fingerprint of each slice', columns, rows)}</section>
`
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
