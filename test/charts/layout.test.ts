import { describe, expect, it } from 'vitest'
import { drawnWords, overlaps } from './drawn-words.js'
import { sampleCharts } from './sample-charts.js'

describe.each(Object.entries(sampleCharts))('%s', (_, chart) => {
  it('has words that neither cover each other nor leave the picture, about 800 px wide', async () => {
    const { words, widthPx, heightPx, complaints } = await drawnWords(chart)
    expect(complaints).toEqual([])
    expect(overlaps(words)).toEqual([])
    expect(words.length).toBeGreaterThan(3)
    expect(widthPx).toBeGreaterThan(680)
    expect(widthPx).toBeLessThanOrEqual(820)
    for (const { text, x1, x2, y1, y2 } of words) {
      expect([text, x1 >= 0, y1 >= 0, x2 <= widthPx, y2 <= heightPx]).toEqual([text, true, true, true, true])
    }
  })
})

it('sees words that cover each other', () => {
  const at = (text: string, x1: number): Parameters<typeof overlaps>[0][number] => ({
    text,
    x1,
    x2: x1 + 40,
    y1: 0,
    y2: 12,
  })
  expect(overlaps([at('Jan', 0), at('Feb', 30), at('Mar', 100)])).toEqual(['"Jan" and "Feb"'])
})
