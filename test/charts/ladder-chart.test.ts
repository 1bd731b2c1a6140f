import { describe, expect, it } from 'vitest'
import { ladderChart, type LadderBar } from '../../src/lib/charts/specs/ladder-chart.js'

const drawn = (bars: readonly LadderBar[], mark?: { value: number; label: string }) =>
  ladderChart({
    title: 'Worst is a, −3.73 million USD',
    subtitle: 'P&L',
    unit: 'million USD',
    digits: 2,
    bars,
    mark,
    simulated: false,
    source: 'csv',
    asOf: '2023-12-29',
  })

interface BarLayer {
  readonly data: { readonly values: readonly { readonly value: number; readonly top: number }[] }
  readonly mark: { readonly style: string }
  readonly encoding: { readonly x: { readonly scale: { readonly domain: readonly [number, number] } } }
}

describe('ladderChart', () => {
  it('draws losses and gains apart, from one zero, in the order given', () => {
    const { vegaLite, alt } = drawn([
      { label: 'a', value: -3.73 },
      { label: 'b', value: 1.5, note: 'proxied' },
    ])
    const [gains, losses] = vegaLite['layer'] as BarLayer[]
    expect(gains.data.values.map(({ value }) => value)).toEqual([1.5])
    expect(losses.data.values.map(({ value, top }) => [value, top])).toEqual([[-3.73, 3]])
    expect(gains.mark.style).not.toBe(losses.mark.style)
    const [low, high] = gains.encoding.x.scale.domain
    expect(low).toBeLessThan(-3.73)
    expect(high).toBeGreaterThan(1.5)
    expect(alt).toContain('lowest a −3.73')
  })

  it('starts at zero where nothing is below it, and holds the mark', () => {
    const { vegaLite } = drawn([{ label: 'used', value: 53 }], { value: 100, label: 'limit' })
    const [gains] = vegaLite['layer'] as BarLayer[]
    const [low, high] = gains.encoding.x.scale.domain
    expect(low).toBe(0)
    expect(high).toBeGreaterThanOrEqual(100)
  })

  it('says that there is nothing to show for no bars', () => {
    expect(JSON.stringify(drawn([]).vegaLite)).toContain('nothing to show')
  })
})
