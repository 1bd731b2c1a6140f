import { numberText } from '../charts/number-text.js'
import { unitDigits } from '../charts/unit-digits.js'
import type { CurveData } from '../documents/curve.js'
import type { PricesData } from '../documents/prices.js'
import type { SpreadsData } from '../documents/spreads.js'

const FLAGSHIPS = ['CL', 'BRN', 'BZ']
const TENTH = 10
/** Spreads in a sentence; the table has them all. */
const NAMED = 4

/** `WTI 71.65 USD/bbl (−0.17 %)`. */
function priceSentence({ name, last, unit, changePercent, change }: PricesData['prices'][number]): string {
  const digits = unitDigits(unit)
  const move =
    changePercent !== null && last > 0 // 18.27 → −37.63 is no "−306 %"
      ? ` (${numberText(changePercent, 2, true)} %)`
      : change !== null
        ? ` (${numberText(change, digits, true)})`
        : ''
  return `${name} ${numberText(last, digits)} ${unit}${move}`
}

/** `WTI in backwardation: M1–M12 +3.10 USD/bbl`. */
export function curveSentence({ name, structure, m1m12, unit }: CurveData): string {
  const shape =
    structure === null
      ? `${name}: too few contracts`
      : structure === 'mixed'
        ? `${name} curve mixed`
        : `${name} in ${structure}`
  return m1m12 === null ? shape : `${shape}: M1–M12 ${numberText(m1m12, unitDigits(unit), true)} ${unit}`
}

function spreadSentence(which: 'high' | 'low', spreads: SpreadsData['spreads']): string | null {
  const found = spreads.filter(({ percentile }) =>
    percentile === null ? false : which === 'high' ? percentile >= 100 - TENTH : percentile <= TENTH,
  )
  if (found.length === 0) return null
  const list = found.slice(0, NAMED).map(({ title, value, unit, percentile }) => {
    return `${title} ${numberText(value, unitDigits(unit), true)} ${unit} (percentile ${numberText(percentile, 0)})`
  })
  return `In the ${which === 'high' ? 'highest' : 'lowest'} tenth of the last year: ${list.join(', ')}${found.length > NAMED ? ` and ${found.length - NAMED} more` : ''}`
}

/** What a reader must know: the first line is the title, the rest are the findings. */
export function marketHeadline(
  prices: PricesData | null,
  curves: readonly CurveData[],
  spreads: SpreadsData | null,
): { title: string; findings: string[] } {
  const rows = prices?.prices ?? []
  const crudes = rows.filter(({ product }) => FLAGSHIPS.includes(product)).slice(0, 2)
  const leading = crudes.length > 0 ? crudes : rows.slice(0, 1)
  const flagCurves = curves.filter(({ product }) => FLAGSHIPS.includes(product)).slice(0, 2)
  const findings = [
    ...(flagCurves.length > 0 ? flagCurves : curves.slice(0, 1)).map(curveSentence),
    ...(spreads ? (['high', 'low'] as const).flatMap((which) => spreadSentence(which, spreads.spreads) ?? []) : []),
  ]
  return { title: leading.length > 0 ? leading.map(priceSentence).join(', ') : 'No settlements', findings }
}
