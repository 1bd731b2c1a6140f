import type { Chart } from './chart.js'
import { type Theme, vegaLiteConfig } from './theme.js'
import { wrapText } from './wrap-text.js'

/** Every picture is about this wide; specs lay out their panels inside {@link CONTENT_WIDTH_PX}. */
export const PICTURE_WIDTH_PX = 800
export const CONTENT_WIDTH_PX = PICTURE_WIDTH_PX - 2 * 16

export const VEGA_LITE_SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json'

const TITLE_PX = 18
const SUBTITLE_PX = 13
const FOOTER_PX = 11

type Spec = Readonly<Record<string, unknown>>

/** Layers that only make sense under a mouse are named `hover…`. */
function isHover(layer: Spec): boolean {
  return typeof layer['name'] === 'string' && layer['name'].startsWith('hover')
}

function withoutHover(layers: readonly Spec[]): Spec[] {
  return layers
    .filter((layer) => !isHover(layer))
    .map((layer) => {
      const inner = layer['layer']
      return Array.isArray(inner) ? { ...layer, layer: withoutHover(inner as Spec[]) } : layer
    })
}

function eachPanel(spec: Spec, change: (panel: Spec) => Spec): Spec {
  for (const key of ['concat', 'vconcat', 'hconcat'] as const) {
    const children = spec[key]
    if (Array.isArray(children)) return { ...spec, [key]: children.map((child: Spec) => eachPanel(child, change)) }
  }
  return change(spec)
}

/** SIMULATED across each panel, behind the data's labels but in front of its bands, so that no crop loses it. */
function watermark(panel: Spec): Spec {
  const width = Number(panel['width'])
  const height = Number(panel['height'])
  return {
    data: { values: [{}] },
    mark: {
      type: 'text',
      style: 'watermark',
      text: 'SIMULATED',
      fontSize: Math.round(Math.min(width / 8, height / 2)),
      align: 'center',
      baseline: 'middle',
    },
    encoding: { x: { value: width / 2 }, y: { value: height / 2 } },
  }
}

/**
 * The whole specification: heading, footer, SIMULATED mark and theme around a chart, the same for every chart.
 * @param interactive keep what reacts to a mouse; still pictures go without
 */
export function frame(chart: Chart, theme: Theme, interactive: boolean): Record<string, unknown> {
  const body = eachPanel(chart.vegaLite, (panel) => {
    const layers = (panel['layer'] as Spec[] | undefined) ?? []
    const kept = interactive ? layers : withoutHover(layers)
    return { ...panel, layer: chart.simulated ? [...kept, watermark(panel)] : kept }
  })
  const subtitle = chart.simulated ? `SIMULATED DATA, not market prices · ${chart.subtitle}` : chart.subtitle
  return {
    $schema: VEGA_LITE_SCHEMA,
    description: chart.alt,
    config: vegaLiteConfig(theme),
    title: {
      text: wrapText(chart.title, TITLE_PX, CONTENT_WIDTH_PX, true),
      subtitle: wrapText(subtitle, SUBTITLE_PX, CONTENT_WIDTH_PX),
      fontSize: TITLE_PX,
      lineHeight: TITLE_PX + 5,
      subtitleFontSize: SUBTITLE_PX,
      subtitleLineHeight: SUBTITLE_PX + 4,
      subtitlePadding: 6,
      frame: 'bounds',
      offset: 16,
    },
    vconcat: [
      {
        ...body,
        title: {
          text: wrapText(chart.footer, FOOTER_PX, CONTENT_WIDTH_PX),
          style: 'footer',
          lineHeight: FOOTER_PX + 4,
          orient: 'bottom',
          frame: 'bounds',
          offset: 12,
        },
      },
    ],
  }
}
