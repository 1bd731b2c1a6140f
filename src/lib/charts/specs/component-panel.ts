import type { VarData } from '../../documents/var.js'
import { numberText } from '../number-text.js'
import { type LabelAt, labelLayers, type Layer } from '../panel-layers.js'
import { valueAxis } from '../value-axis.js'
import { textWidthPx } from '../wrap-text.js'
import { panelTitle } from './small-multiples.js'

const ROW_PX = 19
/** Beyond this, the smallest contributions share a bar. */
const MOST_BARS = 14
const TEXT_PX = 12

interface Contribution {
  readonly name: string
  readonly usd: number
}

/**
 * One bar a position, its share of the normal VaR, greatest first, and the sum of them: hedges to the left, what adds
 * risk to the right. Names and figures stand `labelPx` wide at the right, where the methods of the panel above stand.
 */
export function componentPanel(
  { decomposition, components }: Pick<VarData, 'decomposition' | 'components'>,
  widthPx: number,
  labelPx: number,
): Layer | null {
  if (decomposition === null || components.length < 2) return null
  const { varUsd, undiversifiedUsd, confidence } = decomposition
  const shares = contributions(components)
  const rows = [...shares, { name: 'together: VaR', usd: varUsd }]
  const size = Math.max(...rows.map(({ usd }) => Math.abs(usd)))
  const [scale, unit] = size < 1e6 ? [1e3, 'thousand USD'] : [1e6, 'million USD']
  const digits = size / scale < 100 ? 2 : 1
  const axis = valueAxis(
    rows.map(({ usd }) => usd / scale),
    { maxTicks: 6, zero: true, air: 0.02 },
  )
  const heightPx = rows.length * ROW_PX
  const x = {
    type: 'quantitative',
    scale: { domain: axis.domain, nice: false, zero: false, clamp: true },
    axis: { values: axis.ticks, format: axis.format, title: `share of VaR, ${unit}`, domain: false, ticks: false },
  }
  const bars = (shown: (usd: number, row: number) => boolean, style: string): Layer => ({
    data: {
      values: rows.flatMap(({ usd }, row) =>
        shown(usd, row) ? [{ zero: 0, value: usd / scale, top: row * ROW_PX + 3, bottom: (row + 1) * ROW_PX - 3 }] : [],
      ),
    },
    mark: { type: 'rect', style },
    encoding: {
      x: { ...x, field: 'zero' },
      x2: { field: 'value' },
      y: { field: 'top', type: 'quantitative', scale: { domain: [heightPx, 0], nice: false, zero: false }, axis: null },
      y2: { field: 'bottom' },
    },
  })
  const figures = rows.map(({ usd }) => numberText(usd / scale, digits, true))
  const figurePx = Math.max(...figures.map((text) => textWidthPx(text, TEXT_PX))) + 8
  const labels: LabelAt[] = rows.flatMap(({ name }, row) => {
    const yPx = (row + 0.5) * ROW_PX
    const bold = row === shares.length
    return [
      { text: figures[row], xPx: widthPx + 8 + figurePx, yPx, align: 'right' as const, bold },
      { text: fitted(name, labelPx - figurePx - 24), xPx: widthPx + 18 + figurePx, yPx, align: 'left' as const, bold },
    ]
  })
  const level = `${Number((100 * confidence).toFixed(4))} %`
  return {
    width: widthPx,
    height: heightPx,
    title: panelTitle(
      `Who contributes to the normal VaR of ${level}`,
      `${numberText(varUsd / scale, digits)} ${unit} together, ${numberText(undiversifiedUsd / scale, digits)} as the sum of each alone; hedges to the left`,
    ),
    layer: [
      bars((usd, row) => usd >= 0 && row < shares.length, 'plain1'),
      bars((usd, row) => usd < 0 && row < shares.length, 'plain0'),
      bars((_, row) => row === shares.length, 'bandDecile'),
      {
        data: { values: [{ value: 0 }] },
        mark: { type: 'rule', style: 'zero' },
        encoding: { x: { ...x, field: 'value' } },
      },
      ...labelLayers(labels),
    ],
  }
}

function contributions(components: VarData['components']): Contribution[] {
  const bySize = components
    .map(({ position, componentUsd }) => ({ name: position, usd: componentUsd }))
    .sort((a, b) => Math.abs(b.usd) - Math.abs(a.usd))
  const rest = bySize.length > MOST_BARS ? bySize.slice(MOST_BARS - 1) : []
  return [
    ...bySize.slice(0, bySize.length - rest.length).sort((a, b) => b.usd - a.usd),
    ...(rest.length > 0 ? [{ name: `${rest.length} others`, usd: rest.reduce((sum, { usd }) => sum + usd, 0) }] : []),
  ]
}

function fitted(name: string, widthPx: number): string {
  let short = name
  while (short.length > 1 && textWidthPx(short === name ? name : `${short}…`, TEXT_PX) > widthPx)
    short = short.slice(0, -1)
  return short === name ? name : `${short.trimEnd()}…`
}
