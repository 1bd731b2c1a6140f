import { Markup, markup, NOTHING } from './markup.js'

/** A picture drawn twice, so that it stands on light and on dark paper. */
export interface ReportChart {
  /** `prices`, `curve-CL` for the curve of a product, `spreads-1` … */
  readonly id: string
  readonly svgLight: string
  readonly svgDark: string
  readonly alt: string
}

/** The figure around a picture speaks for it; the picture's own title would only pop up under the mouse. */
function unlabelled(svg: string): Markup {
  return new Markup(
    svg
      .replace(/<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/g, '')
      .replace(/^<svg role="img" aria-label="[^"]*"/, '<svg aria-hidden="true"'),
  )
}

/** One of the report's pictures by name; nothing where it was not drawn. */
export function chartFigure(charts: readonly ReportChart[], id: string): Markup {
  const chart = charts.find((candidate) => candidate.id === id)
  if (!chart) return NOTHING
  return markup`<figure class="scroll" tabindex="0" role="img" aria-label="${chart.alt}">
<div class="light">${unlabelled(chart.svgLight)}</div>
<div class="dark">${unlabelled(chart.svgDark)}</div>
</figure>
`
}
