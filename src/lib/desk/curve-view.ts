import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { CurveData } from '../documents/curve.js'
import { fixedText, priceDigits, signedText } from './number-text.js'

/** The points, or under --history the series, for csv, ndjson and arrow. */
export function curveTable(data: CurveData): Table {
  const { history, points, calendarSpreads } = data
  if (history) {
    return {
      length: history.points.length,
      columns: [
        { name: 'date', kind: 'text', values: history.points.map((point) => point.date) },
        { name: 'contract', kind: 'text', values: history.points.map((point) => point.contract) },
        { name: 'settlement', kind: 'number', values: history.points.map((point) => point.settlement) },
      ],
    }
  }
  const spreadAfter = new Map(calendarSpreads.map((spread) => [spread.near, spread]))
  const after = (field: 'value' | 'rollYield' | 'fullCarryPercent'): (number | null)[] =>
    points.map(({ contract }) => spreadAfter.get(contract)?.[field] ?? null)
  return {
    length: points.length,
    columns: [
      { name: 'rank', kind: 'integer', values: points.map((point) => point.rank) },
      { name: 'contract', kind: 'text', values: points.map((point) => point.contract) },
      { name: 'deliveryMonth', kind: 'text', values: points.map((point) => point.deliveryMonth) },
      { name: 'expiry', kind: 'text', values: points.map((point) => point.expiry) },
      { name: 'daysToExpiry', kind: 'integer', values: points.map((point) => point.daysToExpiry) },
      { name: 'settlement', kind: 'number', values: points.map((point) => point.settlement) },
      { name: 'change', kind: 'number', values: points.map((point) => point.change) },
      { name: 'changeAgainst', kind: 'number', values: points.map((point) => point.changeAgainst) },
      { name: 'spreadToNext', kind: 'number', values: after('value') },
      { name: 'rollYield', kind: 'number', values: after('rollYield') },
      { name: 'fullCarryPercent', kind: 'number', values: after('fullCarryPercent') },
    ],
  }
}

/** What a trader reads: the shape in words, then contract by contract. */
export function curveView(data: CurveData): Section[] {
  const digits = priceDigits(data.unit)
  const { points, calendarSpreads, against, assumptions: how, rollYield } = data
  const spreadAfter = new Map(calendarSpreads.map((spread) => [spread.near, spread]))
  const table: Table = {
    length: points.length,
    columns: [
      { name: 'rank', header: '#', kind: 'integer', values: points.map((point) => point.rank) },
      { name: 'contract', kind: 'text', values: points.map((point) => point.contract) },
      { name: 'expiry', header: 'last trade', kind: 'text', values: points.map((point) => point.expiry) },
      { name: 'daysToExpiry', header: 'days', kind: 'integer', values: points.map((point) => point.daysToExpiry) },
      { name: 'settlement', kind: 'number', digits, values: points.map((point) => point.settlement) },
      { name: 'change', kind: 'number', digits, signed: true, values: points.map((point) => point.change) },
      ...(against
        ? [
            {
              name: 'changeAgainst',
              header: `vs ${against.date}`,
              kind: 'number',
              digits,
              signed: true,
              values: points.map((point) => point.changeAgainst),
            } satisfies Column,
          ]
        : []),
      {
        name: 'spreadToNext',
        header: 'near − next',
        kind: 'number',
        digits,
        signed: true,
        values: points.map(({ contract }) => spreadAfter.get(contract)?.value ?? null),
      },
      {
        name: 'rollYieldPercent',
        header: 'roll %/yr',
        kind: 'number',
        digits: 1,
        signed: true,
        values: points.map(({ contract }) => {
          const fraction = spreadAfter.get(contract)?.rollYield ?? null
          return fraction === null ? null : 100 * fraction
        }),
      },
      {
        name: 'fullCarryPercent',
        header: '% of carry',
        kind: 'number',
        digits: 0,
        signed: true,
        values: points.map(({ contract }) => spreadAfter.get(contract)?.fullCarryPercent ?? null),
      },
    ],
  }
  const pairs = `M1–M2 ${signedText(data.m1m2, digits)}, M1–M6 ${signedText(data.m1m6, digits)}, M1–M12 ${signedText(data.m1m12, digits)} ${data.unit}`
  const shape =
    data.structure === null ? 'Structure: –' : `${capital(data.structure)} over ${data.structureRanks} contracts`
  const roll =
    rollYield.value === null
      ? `Roll yield: – (${rollYield.reason})`
      : `Roll yield ${rollYield.near} → ${rollYield.far}: ${signedText(100 * rollYield.value, 1)} % a year over ${rollYield.days} days`
  const carryReason = data.reasons['fullCarryPercent']
  const carry =
    data.fullCarryPercent === null
      ? `Full carry: – (${carryReason})`
      : `M2 − M1 is ${signedText(data.fullCarryPercent, 0)} % of full carry, which is ${fixedText(data.fullCarryUsdPerBbl, 2)} USD/bbl (${100 * how.financingRate} % ${how.financingDayCount}, storage ${fixedText(how.storageUsdPerBbl, 2)} USD/bbl per ${how.storagePeriodDays} days)`
  return [
    {
      title: `${data.name} (${data.product}) curve at settlement on ${data.date}, ${data.unit}`,
      lines: [
        `${shape}; slope ${signedText(data.slopePerMonth, digits + 1)} ${data.unit} a month (least squares); near − far: ${pairs}`,
        roll,
        carry,
        ...(against ? [againstLine(data, against.structure, digits)] : []),
      ],
    },
    { table },
    {
      lines: [
        `Changes are of the same contract${data.previousDate === null ? '' : ` since ${data.previousDate}`}. A front contract stays through its last trading day.`,
      ],
    },
    ...(data.history ? [historySection(data, digits)] : []),
  ]
}

function againstLine({ against, unit }: CurveData, structure: string | null, digits: number): string {
  if (!against) return ''
  return `On ${against.date}: ${structure ?? '–'}; M1–M2 ${signedText(against.m1m2, digits)}, M1–M6 ${signedText(against.m1m6, digits)}, M1–M12 ${signedText(against.m1m12, digits)} ${unit}`
}

const HISTORY_LINES = 20

function historySection({ history }: CurveData, digits: number): Section {
  if (!history) return {}
  const tail = history.points.slice(-HISTORY_LINES)
  const left = history.points.length - tail.length
  return {
    title: `Rank ${history.rank}, ${history.from} to ${history.to}: ${history.points.length} settlements`,
    table: {
      length: tail.length,
      columns: [
        { name: 'date', kind: 'text', values: tail.map((point) => point.date) },
        { name: 'contract', kind: 'text', values: tail.map((point) => point.contract) },
        { name: 'settlement', kind: 'number', digits, values: tail.map((point) => point.settlement) },
      ],
    },
    lines: [`${left > 0 ? `The last ${tail.length}; all of them with -f csv or --json. ` : ''}${history.basis}.`],
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
