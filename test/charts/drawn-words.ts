import { type LoggerInterface, parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Chart } from '../../src/lib/charts/chart.js'
import { registerFonts } from '../../src/lib/charts/fonts.js'
import { frame } from '../../src/lib/charts/frame.js'
import { themes } from '../../src/lib/charts/theme.js'

export interface Word {
  readonly text: string
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

export interface Drawn {
  readonly widthPx: number
  readonly heightPx: number
  /** Every piece of text with its box, halos and the watermark left out. */
  readonly words: readonly Word[]
  /** What vega-lite or vega complained about. */
  readonly complaints: readonly string[]
}

interface Item {
  readonly x?: number
  readonly y?: number
  readonly bounds: { x1: number; y1: number; x2: number; y2: number }
  readonly text?: string | string[]
  readonly stroke?: string
  readonly fillOpacity?: number
  readonly items?: readonly Mark[]
}
interface Mark {
  readonly marktype?: string
  readonly items?: readonly Item[]
}

/** Lays a chart out as the renderer does and reads back where the words stand. */
export async function drawnWords(chart: Chart): Promise<Drawn> {
  await registerFonts()
  const complaints: string[] = []
  const complain = (...words: readonly unknown[]): LoggerInterface => {
    complaints.push(words.join(' '))
    return logger
  }
  const logger: LoggerInterface = {
    level: ((value?: number) => (value === undefined ? 0 : logger)) as LoggerInterface['level'],
    error: complain,
    warn: complain,
    info: () => logger,
    debug: () => logger,
  }
  // the specification is plain JSON: vega-lite's own type is narrower than what it reads
  const spec = frame(chart, themes.light, false) as unknown as TopLevelSpec
  const view = new View(parse(compile(spec, { logger }).spec), { renderer: 'none', logger })
  await view.runAsync()
  const words: Word[] = []
  const walk = (mark: Mark, dx: number, dy: number): void => {
    for (const item of mark.items ?? []) {
      if (mark.marktype === 'group') {
        for (const child of item.items ?? []) walk(child, dx + (item.x ?? 0), dy + (item.y ?? 0))
      } else if (
        mark.marktype === 'text' &&
        item.text !== undefined &&
        !item.stroke &&
        item.fillOpacity === undefined
      ) {
        const { x1, y1, x2, y2 } = item.bounds
        words.push({ text: String(item.text), x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy })
      }
    }
  }
  const { root } = view.scenegraph() as unknown as { root: Mark } // vega's types leave the root out
  walk(root, 0, 0)
  const [left, top] = view.origin()
  const padding = 16
  const svg = await view.toSVG()
  const size = /width="(\d+)" height="(\d+)"/.exec(svg)
  view.finalize()
  return {
    widthPx: Number(size?.[1]),
    heightPx: Number(size?.[2]),
    words: words
      .filter((word) => word.text.trim() !== '')
      .map((word) => ({
        text: word.text,
        x1: word.x1 + left + padding,
        x2: word.x2 + left + padding,
        y1: word.y1 + top + padding,
        y2: word.y2 + top + padding,
      })),
    complaints,
  }
}

/** Pairs of words that cover each other by more than a hair. */
export function overlaps(words: readonly Word[]): string[] {
  const found: string[] = []
  words.forEach((a, i) => {
    for (const b of words.slice(i + 1)) {
      const wide = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1)
      const tall = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1)
      if (wide > 1 && tall > 2.5) found.push(`"${a.text}" and "${b.text}"`)
    }
  })
  return found
}
