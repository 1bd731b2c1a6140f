import { createHash } from 'node:crypto'
import { dateText, monthText } from '../charts/date-text.js'
import { numberText } from '../charts/number-text.js'
import { unitDigits } from '../charts/unit-digits.js'
import type { CurveData } from '../documents/curve.js'
import type { PriceRow, PricesData } from '../documents/prices.js'
import type { SpreadRow, SpreadsData } from '../documents/spreads.js'
import type { Provenance } from '../market/dataset.js'
import { html, Html, NOTHING } from './html.js'
import { marketHeadline } from './market-headline.js'
import { REPORT_STYLE } from './report-style.js'

/** A picture drawn twice, so that it stands on light and on dark paper. */
export interface ReportChart {
  /** `prices`, `spreads`, or `curve-CL` for the curve of a product. */
  readonly id: string
  readonly svgLight: string
  readonly svgDark: string
  readonly alt: string
}

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

/** Ranks in the table of settlements by rank. */
const RANKS = 12

/**
 * The market on one day as one HTML file: no script, no network, light and dark, fit for paper. A pure function of
 * the documents that `prices`, `curve` and `spreads` print: two equal inputs give two equal files.
 */
export function marketReport(input: MarketReportInput): string {
  const { asOf, prices, curves, spreads, inputs } = input
  const { title, findings } = marketHeadline(prices, curves, spreads)
  const simulated = inputs.some((series) => series.simulated)
  const allSimulated = simulated && inputs.every((series) => series.simulated)
  const style = createHash('sha256').update(REPORT_STYLE).digest('base64')
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'sha256-${new Html(style)}'; base-uri 'none'; form-action 'none'"
        />
        <title>${simulated ? 'SIMULATED: ' : ''}Oil market, ${dateText(asOf)}</title>
        <meta name="description" content="${title}" />
        <style>
          ${new Html(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${simulated ? simulatedBanner(allSimulated, inputs) : NOTHING}
          <header>
            <p class="muted">Oil market at settlement, ${dateText(asOf)}</p>
            <h1>${title}</h1>
            ${
              findings.length > 0
                ? html`<ul class="lead">
                    ${findings.map((finding) => html`<li>${finding}</li>`)}
                  </ul>`
                : NOTHING
            }
          </header>
          ${prices ? pricesSection(prices, input.charts) : NOTHING}${curves.length > 0 ? curvesSection(curves, input.charts) : NOTHING}${
            spreads ? spreadsSection(spreads, input.charts) : NOTHING
          }${warningsSection(input.warnings)}${sourcesSection(inputs)}${conventionsSection(prices, curves, spreads)}
          <footer class="muted">
            <p>
              Made by contango from the data named above. Not investment
              advice.${simulated ? ' Contains SIMULATED data.' : ''}
            </p>
          </footer>
        </main>
      </body>
    </html> `
  return page.markup
}

function simulatedBanner(all: boolean, inputs: readonly Provenance[]): Html {
  const names = inputs.filter((series) => series.simulated).map((series) => series.series)
  return html`<p class="simulated" role="note">
    SIMULATED DATA. ${all ? 'Every price in this report was' : `The prices of ${[...new Set(names)].join(', ')} were`}
    made by contango’s simulator; none of it is the market.
  </p> `
}

function chartFigure(charts: readonly ReportChart[], id: string): Html {
  const chart = charts.find((candidate) => candidate.id === id)
  if (!chart) return NOTHING
  return html`<figure class="scroll">
    <div role="img" aria-label="${chart.alt}">
      <div class="light">${new Html(unlabelled(chart.svgLight))}</div>
      <div class="dark">${new Html(unlabelled(chart.svgDark))}</div>
    </div>
  </figure> `
}

/** The figure around it speaks for the picture; its own title would only pop up under the mouse. */
function unlabelled(svg: string): string {
  return svg
    .replace(/<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/g, '')
    .replace(/^<svg role="img" aria-label="[^"]*"/, '<svg aria-hidden="true"')
}

/** A signed number, coloured; the sign stays when the colour does not. */
function signed(value: number | null, digits: number, suffix = '', reason?: string): Html {
  if (value === null) return html`<td${reason === undefined ? NOTHING : html` title="${reason}"`}>–</td>`
  const shown = numberText(value, digits, true)
  const direction = shown.startsWith('+') ? 'up' : shown.startsWith('−') ? 'down' : ''
  return html`<td${direction ? html` class="${direction}"` : NOTHING}>${shown}${suffix}</td>`
}

function plain(value: number | null, digits: number, suffix = ''): Html {
  return html`<td>${numberText(value, digits)}${value === null ? '' : suffix}</td>`
}

function table(
  caption: string,
  headers: readonly (readonly [text: string, isText?: boolean])[],
  rows: readonly Html[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headers.map(([text, isText]) => html`<th scope="col" ${isText ? html` class="text"` : NOTHING}>${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row}
            </tr> `,
        )}
      </tbody>
    </table>
  </div> `
}

/** A dot on a track from the year's low to its high. */
function rangeBar(row: PriceRow): Html {
  const { rangePositionPercent: position, rangeLow, rangeHigh, unit } = row
  if (position === null || rangeLow === null || rangeHigh === null) return html`<td>–</td>`
  const digits = unitDigits(unit)
  const words = `${numberText(position, 0)} % of the way from ${numberText(rangeLow, digits)} to ${numberText(rangeHigh, digits)} ${unit}`
  const x = 5 + (70 * Math.min(Math.max(position, 0), 100)) / 100
  return html`<td>
    <svg width="80" height="10" viewBox="0 0 80 10" role="img" aria-label="${words}">
      <rect class="bar" x="2" y="3" width="76" height="4" rx="2" />
      <circle class="dot" cx="${x.toFixed(1)}" cy="5" r="4" />
    </svg>
    ${numberText(position, 0)} %
  </td>`
}

function pricesSection(prices: PricesData, charts: readonly ReportChart[]): Html {
  const rows = prices.prices.map((row) => {
    const digits = unitDigits(row.unit)
    return html`<th scope="row">${row.name}</th>
      <td class="text">${row.contract}</td>
      <td class="text">${row.unit}</td>
      ${plain(row.last, digits)}${signed(row.change, digits, '', row.reasons['change'])}${signed(row.changePercent, 2, '', row.reasons['changePercent'])}${signed(row.change5dPercent, 2, '', row.reasons['change5dPercent'])}${signed(row.change1mPercent, 2, '', row.reasons['change1mPercent'])}${signed(row.change1yPercent, 2, '', row.reasons['change1yPercent'])}${plain(row.realisedVolPercent, 1)}${rangeBar(row)}`
  })
  const how = prices.assumptions
  return html`<section>
    <h2>Prices</h2>
    ${table(
      `Front-month settlements of ${dateText(prices.date)}; changes are of the contract held, never across a roll`,
      [
        ['', true],
        ['contract', true],
        ['unit', true],
        ['last'],
        ['change'],
        ['1d %'],
        ['5d %'],
        ['1m %'],
        ['1y %'],
        [`vol ${how.volatilityWindow}d, % p.a.`],
        ['place in 1y range'],
      ],
      rows,
    )}${missingNote(prices.missing.map(({ name, reason }) => `${name}: ${reason}`))}${chartFigure(charts, 'prices')}
  </section> `
}

function missingNote(lines: readonly string[]): Html {
  return lines.length === 0 ? NOTHING : html`<p class="muted">Not here: ${lines.join('; ')}.</p> `
}

function curvesSection(curves: readonly CurveData[], charts: readonly ReportChart[]): Html {
  const shapes = curves.map((curve) => {
    const digits = unitDigits(curve.unit)
    const roll = curve.rollYield.value
    return html`<th scope="row">${curve.name}</th>
      <td class="text">${curve.structure ?? '–'}</td>
      <td class="text">${curve.unit}</td>
      ${signed(curve.m1m2, digits)}${signed(curve.m1m6, digits)}${signed(curve.m1m12, digits)}${signed(curve.slopePerMonth, digits + 1)}${signed(roll === null ? null : 100 * roll, 1, '', curve.rollYield.reason ?? undefined)}${signed(curve.fullCarryPercent, 0, '', curve.reasons['fullCarryPercent'])}`
  })
  const ranks = Array.from({ length: RANKS }, (_, i) => i + 1).filter((rank) =>
    curves.some((curve) => curve.points.some((point) => point.rank === rank)),
  )
  const levels = curves.map((curve) => {
    const digits = unitDigits(curve.unit)
    return html`<th scope="row">${curve.name}</th>
      <td class="text">${curve.unit}</td>
      ${ranks.map((rank) => {
        const point = curve.points.find((candidate) => candidate.rank === rank)
        if (!point) return html`<td>–</td>`
        return html`<td
          title="${`${point.contract}, ${monthText(point.deliveryMonth)}, last trading day ${dateText(point.expiry)}`}"
        >
          ${numberText(point.settlement, digits)}
        </td>`
      })}`
  })
  const reasons = curves.flatMap((curve) =>
    curve.rollYield.value === null && curve.rollYield.reason
      ? [`${curve.name}, roll yield: ${curve.rollYield.reason}`]
      : [],
  )
  return html`<section>
    <h2>Curves</h2>
    ${table(
      'Shape: near − far is positive in backwardation; the slope per month is positive in contango',
      [
        ['', true],
        ['structure', true],
        ['unit', true],
        ['M1–M2'],
        ['M1–M6'],
        ['M1–M12'],
        ['slope / month'],
        ['roll yield, % p.a.'],
        ['% of full carry'],
      ],
      shapes,
    )}${
      reasons.length > 0 ? html`<p class="muted">${reasons.join('; ')}.</p> ` : NOTHING
    }${table('Settlements by rank', [['', true], ['unit', true], ...ranks.map((rank) => [`M${rank}`] as const)], levels)}${curves.map((curve) => chartFigure(charts, `curve-${curve.product}`))}
  </section> `
}

function spreadsSection(spreads: SpreadsData, charts: readonly ReportChart[]): Html {
  const rows = spreads.spreads.map((row) => {
    const digits = unitDigits(row.unit)
    return html`<th scope="row">${row.title}</th>
      <td class="text">${row.unit}</td>
      ${signed(row.value, digits)}${signed(row.change, digits)}${signed(row.zScore, 2)}${plain(row.percentile, 0)}${plain(row.seasonal.percentile, 0)}${plain(row.low, digits)}${plain(row.high, digits)}
      <td class="text">${legsText(row)}</td>`
  })
  const how = spreads.assumptions
  const mismatch = spreads.spreads.filter((row) => row.clockMismatch).map((row) => row.title)
  return html`<section>
    <h2>Spreads</h2>
    ${table(
      `Spreads of ${dateText(spreads.date)}; z-score and percentile over ${how.windowDays} common days with today, seasonal against ±${how.seasonalDays} days in the ${how.seasonalYears} years before`,
      [
        ['', true],
        ['unit', true],
        ['value'],
        ['change'],
        ['z-score'],
        ['percentile'],
        ['seasonal'],
        ['low'],
        ['high'],
        ['legs, lots', true],
      ],
      rows,
    )}${
      mismatch.length > 0
        ? html`<p class="muted">
            New York and London clocks are out of step: the legs of ${mismatch.join(', ')} settled an hour apart.
          </p> `
        : NOTHING
    }${missingNote(spreads.skipped.map(({ name, reason }) => `${name}: ${reason}`))}${chartFigure(charts, 'spreads')}
  </section> `
}

/** `+3 CLH24 −2 RBH24 −1 HOH24`. */
function legsText({ legs }: SpreadRow): string {
  return legs
    .map(({ lots, contract }) => `${numberText(lots, Number.isInteger(lots) ? 0 : 2, true)} ${contract}`)
    .join(' ')
}

function warningsSection(warnings: MarketReportInput['warnings']): Html {
  if (warnings.length === 0) return NOTHING
  return html`<section>
    <h2>Warnings</h2>
    <ul>
      ${warnings.map(({ code, message }) => html`<li><code>${code}</code> ${message}</li>`)}
    </ul>
  </section> `
}

function sourcesSection(inputs: readonly Provenance[]): Html {
  const rows = inputs.map(
    (input) =>
      html`<th scope="row">${input.series}</th>
        <td class="text">${input.kind}</td>
        <td class="text">${input.source}${input.simulated ? ' (SIMULATED)' : ''}</td>
        ${plain(input.rows, 0)}
        <td class="text">${input.first === null ? '–' : dateText(input.first)}</td>
        <td class="text">${input.last === null ? '–' : dateText(input.last)}</td>
        <td class="text wrap"><code>${input.sha256}</code></td>`,
  )
  return html`<section>
    <h2>Data</h2>
    ${table(
      'What was read, with the SHA-256 of each slice',
      [
        ['series', true],
        ['kind', true],
        ['source', true],
        ['rows'],
        ['first', true],
        ['last', true],
        ['SHA-256', true],
      ],
      rows,
    )}
  </section> `
}

function conventionsSection(
  prices: PricesData | null,
  curves: readonly CurveData[],
  spreads: SpreadsData | null,
): Html {
  const carry = curves[0]?.assumptions
  const lines = [
    ...(prices
      ? [
          `Roll: ${prices.assumptions.roll}.`,
          `Volatility: ${prices.assumptions.volatilityMode}, ${prices.assumptions.volatilityWindow} returns, × √${prices.assumptions.daysPerYear}.`,
          `Changes over ${prices.assumptions.fiveDaySettlements}, ${prices.assumptions.oneMonthSettlements} and ${prices.assumptions.oneYearSettlements} settlements; range over ${prices.assumptions.rangeWindow}: ${prices.assumptions.rangeBasis}.`,
        ]
      : []),
    ...(carry
      ? [
          `Structure looks at ranks 1–${carry.structureRanks}. Full carry: ${numberText(100 * carry.financingRate, 2)} % a year (${carry.financingDayCount}) and storage of ${numberText(carry.storageUsdPerBbl, 2)} USD/bbl for ${carry.storagePeriodDays} days.`,
          `Roll yield: ln(M1 ÷ M2) × ${carry.rollYieldDays} ÷ days between the last trading days.`,
        ]
      : []),
    ...(spreads
      ? [
          `Spreads aligned by ${spreads.align}; percentile: ${spreads.assumptions.percentile}; standard deviation with ddof ${spreads.assumptions.ddof}; ${spreads.assumptions.gallonsPerBarrel} gallons to the barrel.`,
        ]
      : []),
  ]
  return html`<section>
    <h2>Conventions</h2>
    <ul class="muted">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section> `
}
