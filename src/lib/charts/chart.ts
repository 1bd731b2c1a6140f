/** A finished picture, before it is drawn: a Vega-Lite specification and the words around it. */
export interface Chart {
  /** The finding: "WTI in backwardation: M1–M12 +3.10 USD/bbl". */
  readonly title: string
  /** What and when. */
  readonly subtitle: string
  /** Source and as-of. */
  readonly footer: string
  /** Draws a visible SIMULATED mark on the picture. */
  readonly simulated: boolean
  /** For screen readers and `alt`. */
  readonly alt: string
  /** Vega-Lite 6, data inline, without the theme (render adds config, title, mark). */
  readonly vegaLite: Readonly<Record<string, unknown>>
}

export type ChartFormat = 'svg' | 'png' | 'html' | 'vl.json'
