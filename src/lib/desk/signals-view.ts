import type { Section } from '../cli/report.js'
import type { Column, Table } from '../cli/table.js'
import type { ProductSignals } from '../documents/signals.js'
import { isoFromDay } from '../kernel/day.js'
import { directionOf } from '../signals/signal.js'
import { fixedText, priceDigits, signedText } from './number-text.js'
import type { SignalsAnswer } from './signals-on.js'

/** One row a signal, the composite of each product first; with `--history` one row a day. */
export function signalsTable(answer: SignalsAnswer): Table {
  return answer.period === null ? lastDayTable(answer) : historyTable(answer)
}

function lastDayTable({ products }: SignalsAnswer): Table {
  const rows = products.flatMap(({ answer: { product, date, composite, signals } }) => [
    {
      product,
      date,
      name: 'composite',
      family: 'composite',
      direction: composite.direction,
      confidence: composite.confidence,
      score: composite.score,
      value: composite.score,
      unit: 'score −1 to 1',
      knownOn: composite.knownOn,
      weight: 1,
      reason: composite.reason,
    },
    ...signals.map((row) => ({ ...row, product, date })),
  ])
  const texts = ['product', 'date', 'name', 'family', 'direction'] as const
  const text = (name: 'unit' | 'knownOn' | 'reason' | (typeof texts)[number]): Column => ({
    name,
    kind: 'text',
    values: rows.map((row) => row[name]),
  })
  const number = (name: 'confidence' | 'score' | 'value' | 'weight'): Column => ({
    name,
    kind: 'number',
    values: rows.map((row) => row[name]),
  })
  return {
    length: rows.length,
    columns: [
      ...texts.map(text),
      number('confidence'),
      number('score'),
      number('value'),
      text('unit'),
      text('knownOn'),
      number('weight'),
      text('reason'),
    ],
  }
}

/** Date, product, prices, the composite, and the score of each signal. */
function historyTable({ products }: SignalsAnswer): Table {
  const names = [...new Set(products.flatMap(({ histories }) => histories.histories.map(({ name }) => name)))]
  const join = (of: (histories: SignalsAnswer['products'][number]['histories']) => ArrayLike<number>): Float64Array => {
    const parts = products.map(({ histories }) => of(histories))
    const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      joined.set(part, at)
      at += part.length
    }
    return joined
  }
  const days = Int32Array.from(join(({ days: own }) => own))
  const number = (name: string, values: Float64Array): Column => ({ name, kind: 'number', values })
  return {
    length: days.length,
    columns: [
      { name: 'date', kind: 'date', values: days },
      {
        name: 'product',
        kind: 'text',
        values: products.flatMap(({ histories }) => Array.from(histories.days, () => histories.product as string)),
      },
      number(
        'settlement',
        join(({ settlement }) => settlement),
      ),
      number(
        'close',
        join(({ close }) => close),
      ),
      {
        name: 'direction',
        kind: 'text',
        values: products.flatMap(({ histories: { composite } }) =>
          Array.from(composite.score, (score, i) => (Number.isNaN(score) ? null : directionOf(composite.direction[i]))),
        ),
      },
      number(
        'confidence',
        join(({ composite }) => composite.confidence),
      ),
      number(
        'score',
        join(({ composite }) => composite.score),
      ),
      ...names.map((name) =>
        number(
          name,
          join(
            ({ days: own, histories }) =>
              histories.find((one) => one.name === name)?.score ?? new Float64Array(own.length).fill(Number.NaN),
          ),
        ),
      ),
    ],
  }
}

/** What a trader reads. */
export function signalsView(answer: SignalsAnswer): Section[] {
  const { products, data, period } = answer
  if (period !== null) return products.map((one) => historySection(one))
  const skipped = section(
    'Without an answer',
    data.skipped.map(({ product, reason }) => `${product}: ${reason}`),
  )
  if (data.products === null) return [...productSections(products[0].answer), ...skipped]
  return [overview(data.products, answer), ...skipped]
}

function productSections(answer: ProductSignals): Section[] {
  const { name, date, contract, settlement, unit, composite, signals, missing, series, simulated } = answer
  const families = composite.families
    .filter(({ share }) => share > 0)
    .map((one) => `${one.family} ${signedText(one.score, 2)} (${(100 * one.share).toFixed(0)} %)`)
  const digits = signals.map((row) => (row.unit.startsWith('USD') ? priceDigits(row.unit.split(' ')[0]) : 2))
  const table: Table = {
    length: signals.length,
    columns: [
      { name: 'name', header: 'signal', kind: 'text', values: signals.map((row) => row.name) },
      { name: 'direction', kind: 'text', values: signals.map((row) => row.direction) },
      { name: 'confidence', header: 'conf', kind: 'number', digits: 0, values: signals.map((row) => row.confidence) },
      { name: 'value', kind: 'number', digits, values: signals.map((row) => row.value) },
      { name: 'unit', kind: 'text', values: signals.map((row) => row.unit) },
      { name: 'weight', kind: 'number', digits: 3, values: signals.map((row) => row.weight) },
      { name: 'knownOn', header: 'known on', kind: 'text', values: signals.map((row) => row.knownOn) },
    ],
  }
  return [
    {
      title: `${name} ${contract} ${fixedText(settlement, priceDigits(unit))} ${unit} on ${date}: ${composite.reason}`,
      lines: [`${families.join(', ')}${simulated ? '; simulated' : ''}`, series],
      table,
    },
    { title: 'Why', lines: composite.reasons },
    ...section(
      'Not known',
      missing.map((one) => `${one.name} (${one.family}): ${one.reason}`),
    ),
  ]
}

function overview(products: readonly ProductSignals[], { asOf }: SignalsAnswer): Section {
  const strongest = (one: ProductSignals, side: 1 | -1): string =>
    one.signals
      .filter((row) => row.score * side > 0 && row.weight > 0)
      .sort((a, b) => b.weight * b.score * side - a.weight * a.score * side)
      .slice(0, 2)
      .map(({ name }) => name)
      .join(', ')
  const familyScore = (family: string): (number | null)[] =>
    products.map(({ composite }) => composite.families.find((one) => one.family === family)?.score ?? null)
  const text = (name: string, values: string[]): Column => ({ name, kind: 'text', values })
  const number = (name: string, digits: number, values: (number | null)[]): Column => ({
    name,
    kind: 'number',
    digits,
    signed: true,
    values,
  })
  const byReason = new Map<string, string[]>()
  for (const { product, composite } of products) {
    for (const { family, reason } of composite.families) {
      if (reason !== null)
        byReason.set(`${family}: ${reason}`, [...(byReason.get(`${family}: ${reason}`) ?? []), product])
    }
  }
  const lefts = [...byReason].map(([reason, who]) => `${who.join(', ')}: ${reason}`)
  return {
    title: `Signals on ${isoFromDay(asOf)}`,
    lines: lefts,
    table: {
      length: products.length,
      columns: [
        text(
          'product',
          products.map(({ name }) => name),
        ),
        text(
          'contract',
          products.map(({ contract }) => contract),
        ),
        text(
          'direction',
          products.map(({ composite }) => composite.direction),
        ),
        {
          name: 'confidence',
          header: 'conf',
          kind: 'number',
          digits: 0,
          values: products.map(({ composite }) => composite.confidence),
        },
        number(
          'score',
          2,
          products.map(({ composite }) => composite.score),
        ),
        number('technical', 2, familyScore('technical')),
        number('fundamental', 2, familyScore('fundamental')),
        text(
          'most long',
          products.map((one) => strongest(one, 1)),
        ),
        text(
          'most short',
          products.map((one) => strongest(one, -1)),
        ),
      ],
    },
  }
}

function historySection({ answer, histories }: SignalsAnswer['products'][number]): Section {
  const { days, settlement, composite } = histories
  const number = (name: string, digits: number, values: Float64Array, signed = false): Column => ({
    name,
    kind: 'number',
    digits,
    signed,
    values,
  })
  return {
    title: `${answer.name}: composite from ${isoFromDay(days[0])} to ${answer.date}`,
    table: {
      length: days.length,
      columns: [
        { name: 'date', kind: 'date', values: days },
        number('settlement', priceDigits(answer.unit), settlement),
        {
          name: 'direction',
          kind: 'text',
          values: Array.from(composite.score, (score, i) =>
            Number.isNaN(score) ? null : directionOf(composite.direction[i]),
          ),
        },
        number('confidence', 0, composite.confidence),
        number('score', 2, composite.score, true),
        ...composite.families
          .filter(({ score }) => score.some(Number.isFinite))
          .map(({ family, score }) => number(family, 2, score, true)),
      ],
    },
  }
}

function section(title: string, lines: readonly string[]): Section[] {
  return lines.length === 0 ? [] : [{ title, lines }]
}
