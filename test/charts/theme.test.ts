import { describe, expect, it } from 'vitest'
import { PRODUCTS } from '../../src/lib/market/instrument.js'
import { type Theme, themes } from '../../src/lib/charts/theme.js'

type Rgb = readonly [number, number, number]

/** Linear-light channels of `#rrggbb`. */
function linear(hex: string): Rgb {
  const channel = (at: number): number => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(linear(a)) + 0.05, luminance(linear(b)) + 0.05]
  return Math.max(x, y) / Math.min(x, y)
}

/** G. M. Machado, M. M. Oliveira, L. A. F. Fernandes (2009), severity 1.0, on linear light. */
const VISION: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** CIE 1976 L*a*b* of a colour as someone with that vision sees it. */
function lab(hex: string, vision: readonly Rgb[]): Rgb {
  const seen = vision.map((row) => row.reduce((sum, weight, i) => sum + weight * linear(hex)[i], 0))
  const [r, g, b] = seen.map((channel) => Math.min(1, Math.max(0, channel)))
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116)
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

describe.each(Object.values(themes))('$name', (theme: Theme) => {
  it('has words of contrast 4.5 and lines of contrast 3 on its paper', () => {
    expect(contrast(theme.ink, theme.paper)).toBeGreaterThan(12)
    expect(contrast(theme.muted, theme.paper)).toBeGreaterThan(4.5)
    expect(contrast(theme.muted, theme.bandDecile)).toBeGreaterThan(4.5)
    for (const product of PRODUCTS) {
      expect([product, contrast(theme.product[product], theme.paper) >= 3]).toEqual([product, true])
    }
  })

  it.each(Object.keys(VISION))('tells every two products apart with %s (ΔE*ab ≥ 12)', (vision) => {
    for (const a of PRODUCTS) {
      for (const b of PRODUCTS) {
        if (a >= b) continue
        const [p, q] = [lab(theme.product[a], VISION[vision]), lab(theme.product[b], VISION[vision])]
        const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
        expect([a, b, distance >= 12]).toEqual([a, b, true])
      }
    }
  })
})

it('contrast of black on white is 21', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})
