import { CONTENT_WIDTH_PX } from '../frame.js'
import { AXIS_LEFT_PX } from '../panel-layers.js'

const COLUMNS = 2
const GUTTER_PX = 18
export const PANEL_HEIGHT_PX = 130
/** Right of each panel, for its last value. */
export const PANEL_LABEL_PX = 66

/** Width of the plotting area of one panel, so that two of them fill the picture; a lone panel has it to itself. */
export function panelWidthPx(panels: number): number {
  const columns = Math.min(COLUMNS, Math.max(1, panels))
  return Math.round((CONTENT_WIDTH_PX - (columns - 1) * GUTTER_PX) / columns - AXIS_LEFT_PX - PANEL_LABEL_PX)
}

/** A heading above one panel: what it is, and its finding. */
export function panelTitle(text: string, finding: string): Record<string, unknown> {
  return {
    text,
    subtitle: finding,
    fontSize: 13,
    subtitleFontSize: 12,
    subtitlePadding: 4,
    frame: 'group',
    dx: -AXIS_LEFT_PX,
    offset: 10,
  }
}

/** Two columns of panels on a fixed grid: what is written in one never moves another. */
export function smallMultiples(panels: readonly Record<string, unknown>[]): Record<string, unknown> {
  return {
    columns: COLUMNS,
    bounds: 'flush',
    align: 'none',
    spacing: { row: 104, column: AXIS_LEFT_PX + PANEL_LABEL_PX + GUTTER_PX },
    concat: panels,
    resolve: { scale: { x: 'independent', y: 'independent' } },
  }
}
