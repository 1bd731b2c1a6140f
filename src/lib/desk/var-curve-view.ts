import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { SpreadVar, VarCurveData } from '../documents/var-curve.js'
import { fixedText, signedText } from './number-text.js'
import { usdText } from './usd-text.js'

/** Deltas by contract, for csv, ndjson and arrow. */
export function varCurveTable({ keyTenors }: VarCurveData): Table {
  const text = (name: 'product' | 'contract' | 'deliveryMonth' | 'tenor' | 'unit'): Column => ({
    name,
    kind: 'text',
    values: keyTenors.map((row) => row[name]),
  })
  const number = (name: 'lots' | 'usdPerPoint' | 'usdPerUsdBbl' | 'usdPerPercent'): Column => ({
    name,
    kind: 'number',
    values: keyTenors.map((row) => row[name]),
  })
  return {
    length: keyTenors.length,
    columns: [
      ...(['product', 'contract', 'deliveryMonth'] as const).map(text),
      { name: 'rank', kind: 'integer', values: keyTenors.map(({ rank }) => rank) },
      ...(['tenor', 'unit'] as const).map(text),
      ...(['lots', 'usdPerPoint', 'usdPerUsdBbl', 'usdPerPercent'] as const).map(number),
    ],
  }
}

/** Factors, key tenors, spreads, liquidity, and what each rests on. */
export function varCurveView(data: VarCurveData): Section[] {
  const lines = [
    ...data.stalePositions.map(
      ({ position, lastSettlement }) => `Stale: ${position} last settled on ${lastSettlement}.`,
    ),
    ...Object.entries(data.reasons).map(([what, reason]) => `No ${what}: ${reason}.`),
  ]
  return [
    { title: `${data.title} along its curves on ${data.date}`, ...factorSection(data) },
    { title: 'Key tenors: what a rise of one contract earns', table: tenorTable(data) },
    { title: 'By stretch of the curve', table: bucketTable(data) },
    ...(data.spreads.length > 0 ? [spreadSection(data)] : []),
    ...liquiditySection(data),
    ...(lines.length > 0 ? [{ lines }] : []),
  ]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const level = (confidence: number): string => `${Number((100 * confidence).toFixed(3))} %`

function usd(name: string, header: string, values: (number | null)[], signed = true): Column {
  return { name, header, kind: 'number', digits: 0, signed, values }
}

function factorSection({ pca }: VarCurveData): Section {
  const rows = pca.products.flatMap((product) => product.factors.map((factor) => ({ product, factor })))
  const ends = (of: readonly number[], digits: number): string =>
    `${signedText(of[0], digits)} … ${signedText(of[of.length - 1], digits)}`
  const misnamed = rows.filter(({ factor, product }) => factor.signChanges !== product.factors.indexOf(factor))
  return {
    table: {
      length: rows.length,
      columns: [
        { name: 'product', kind: 'text', values: rows.map(({ product }) => product.product) },
        { name: 'factor', kind: 'text', values: rows.map(({ factor }) => factor.factor) },
        { name: 'explained', kind: 'text', values: rows.map(({ factor }) => percent(factor.explained)) },
        {
          name: 'move',
          header: '1 sd at first … last rank',
          kind: 'text',
          values: rows.map(({ factor, product }) =>
            ends(factor.moveOfOneSd, pca.mode === 'log' ? 4 : product.unit === 'USD/bbl' ? 2 : 4),
          ),
        },
        usd(
          'usdPerSd',
          'USD per 1 sd',
          rows.map(({ factor }) => factor.usdPerSd),
        ),
        {
          name: 'lastMove',
          header: 'last day, sd',
          kind: 'number',
          digits: 1,
          signed: true,
          values: rows.map(({ factor }) => factor.lastMoveSd),
        },
      ],
    },
    lines: [
      ...pca.products.map(
        (product) =>
          `${product.product}: ranks 1–${product.ranks}, ${product.observations} changes ${product.from} to ${product.to}` +
          `${product.daysDropped > 0 ? ` (${product.daysDropped} days dropped)` : ''}; a day’s sd ${usdText(product.sdUsd)}, ` +
          `${usdText(product.residualSdUsd)} of it outside the three.`,
      ),
      ...misnamed.map(
        ({ product, factor }) =>
          `${product.product} ${factor.factor}: its loadings change sign ${factor.signChanges} times along the curve: not what the name says.`,
      ),
    ],
  }
}

function tenorTable({ keyTenors }: VarCurveData): Table {
  return {
    length: keyTenors.length,
    columns: [
      { name: 'contract', kind: 'text', values: keyTenors.map(({ contract }) => contract) },
      { name: 'rank', kind: 'integer', values: keyTenors.map(({ rank }) => rank) },
      { name: 'tenor', kind: 'text', values: keyTenors.map(({ tenor }) => tenor) },
      ...deltaColumns(keyTenors),
    ],
  }
}

function bucketTable({ tenorBuckets }: VarCurveData): Table {
  return {
    length: tenorBuckets.length,
    columns: [
      { name: 'product', kind: 'text', values: tenorBuckets.map(({ product }) => product) },
      { name: 'tenor', kind: 'text', values: tenorBuckets.map(({ tenor }) => tenor) },
      ...deltaColumns(tenorBuckets),
    ],
  }
}

type Deltas = Pick<VarCurveData['tenorBuckets'][number], 'lots' | 'usdPerPoint' | 'usdPerUsdBbl' | 'usdPerPercent'>

function deltaColumns(rows: readonly Deltas[]): Column[] {
  return [
    { name: 'lots', kind: 'number', digits: 0, signed: true, values: rows.map(({ lots }) => lots) },
    usd(
      'usdPerPoint',
      'USD per 1.00 of quote',
      rows.map(({ usdPerPoint }) => usdPerPoint),
    ),
    usd(
      'usdPerUsdBbl',
      'USD per 1 USD/bbl',
      rows.map(({ usdPerUsdBbl }) => usdPerUsdBbl),
    ),
    usd(
      'usdPerPercent',
      'USD per 1 %',
      rows.map(({ usdPerPercent }) => usdPerPercent),
    ),
  ]
}

function spreadSection({ spreads, confidence }: VarCurveData): Section {
  const column = (
    name: 'varUsd' | 'esUsd' | 'historicalVarUsd' | 'undiversifiedUsd' | 'brokenVarUsd',
    header: string,
  ) =>
    usd(
      name,
      header,
      spreads.map((spread) => spread[name]),
      false,
    )
  return {
    title: `Spreads: ${level(confidence)}, one day, from the legs’ price changes together, USD`,
    table: {
      length: spreads.length,
      columns: [
        { name: 'spread', kind: 'text', values: spreads.map(({ spread }) => spread) },
        column('varUsd', 'VaR'),
        column('esUsd', 'ES'),
        column('historicalVarUsd', 'historical VaR'),
        column('undiversifiedUsd', 'Σ of legs'),
        column('brokenVarUsd', 'correlation 0'),
        {
          name: 'brokenToVar',
          header: '÷ VaR',
          kind: 'number',
          digits: 1,
          values: spreads.map(({ brokenToVar }) => brokenToVar),
        },
      ],
    },
    lines: spreads.flatMap((spread) => [
      `${spread.spread}: ${spread.legs.map(({ position, varUsd }) => `${position} ${usdText(varUsd)}`).join(', ')}; ` +
        `${spread.observations} changes ${spread.from} to ${spread.to}.`,
      ...weakest(spread),
    ]),
  }
}

/** The correlation that the spread leans on most is the one that has been lowest. */
function weakest({ correlations }: SpreadVar): string[] {
  const [first] = [...correlations].sort((a, b) => (a.lowest60 ?? a.pearson ?? 1) - (b.lowest60 ?? b.pearson ?? 1))
  if (first === undefined) return []
  const low = first.lowest60 === null ? '' : `; at its lowest over 60 days ${fixedText(first.lowest60, 2)}`
  return [
    `  least correlated: ${first.a} with ${first.b} ${fixedText(first.pearson, 3)} ` +
      `(95 %: ${fixedText(first.low95, 3)} to ${fixedText(first.high95, 3)}), ranks ${fixedText(first.spearman, 3)}${low}.`,
  ]
}

function liquiditySection({ liquidity, confidence }: VarCurveData): Section[] {
  if (liquidity === null) return []
  const { contracts } = liquidity
  return [
    {
      title: `Liquidity: ${level(confidence)}, one day, USD`,
      table: {
        length: contracts.length,
        columns: [
          { name: 'contract', kind: 'text', values: contracts.map(({ contract }) => contract) },
          { name: 'lots', kind: 'number', digits: 0, signed: true, values: contracts.map(({ lots }) => lots) },
          {
            name: 'dailyLots',
            header: 'lots a day',
            kind: 'number',
            digits: 0,
            values: contracts.map((row) => row.dailyLots),
          },
          {
            name: 'liquidationDays',
            header: 'days to sell',
            kind: 'integer',
            values: contracts.map((row) => row.liquidationDays),
          },
          {
            name: 'liquidationFactor',
            header: 'factor',
            kind: 'number',
            digits: 2,
            values: contracts.map((row) => row.liquidationFactor),
          },
          usd(
            'costUsd',
            'cost of spread',
            contracts.map((row) => row.costUsd),
            false,
          ),
        ],
      },
      lines: [
        `VaR ${usdText(liquidity.varUsd)} + cost of trading ${usdText(liquidity.costUsd)} = ${usdText(liquidity.liquidityVarUsd)}; ` +
          `sold out evenly over those days ${usdText(liquidity.horizonVarUsd)}.`,
        `Bid-ask spreads and volumes: ${liquidity.source} (config/liquidity.yaml); at most ${percent(liquidity.participation)} of a day’s volume; ` +
          `spreads at mean + ${liquidity.spreadDeviations} sd.`,
      ],
    },
  ]
}
