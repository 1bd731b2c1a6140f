import type { Report } from '../cli/report.js'
import type { ReportMarketData } from '../documents/report-market.js'
import { marketHeadline } from './market-headline.js'
import type { MarketReportInput } from './market-report.js'

interface Written {
  /** Base name. */
  readonly file: string
  readonly sha256: string
  /** Why spreads are not in the report. */
  readonly missingSpreads: readonly string[]
}

/** What the command says about the report that it wrote. */
export function marketAnswer(
  { asOf, prices, curves, spreads, charts, inputs }: MarketReportInput,
  { file, sha256, missingSpreads }: Written,
): Pick<Report<ReportMarketData>, 'data' | 'rows' | 'view'> {
  const { title, findings } = marketHeadline(prices, curves, spreads)
  const chartsOf = (start: string): string[] => charts.map(({ id }) => id).filter((id) => id.startsWith(start))
  const data: ReportMarketData = {
    file,
    sha256,
    asOf,
    headline: title,
    findings,
    simulated: inputs.some((input) => input.simulated),
    sections: [
      {
        name: 'prices',
        rows: prices?.prices.length ?? 0,
        charts: chartsOf('prices'),
        missing: prices?.missing.map(({ reason }) => reason) ?? [],
      },
      { name: 'curves', rows: curves.length, charts: chartsOf('curve-'), missing: [] },
      {
        name: 'spreads',
        rows: spreads?.spreads.length ?? 0,
        charts: chartsOf('spreads'),
        missing: [...missingSpreads],
      },
    ],
  }
  const { sections } = data
  return {
    data,
    rows: {
      length: sections.length,
      columns: [
        { name: 'section', kind: 'text', values: sections.map(({ name }) => name) },
        { name: 'rows', kind: 'integer', values: sections.map(({ rows }) => rows) },
        { name: 'charts', kind: 'integer', values: sections.map(({ charts }) => charts.length) },
      ],
    },
    view: [
      {
        title: `Market report of ${asOf}${data.simulated ? ' (SIMULATED)' : ''}`,
        lines: [title, ...findings, `File: ${file}`],
      },
    ],
  }
}
