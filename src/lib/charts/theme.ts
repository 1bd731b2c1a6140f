import type { Product } from '../market/instrument.js'
import { MINUS, THOUSANDS } from './number-text.js'
import { MONTHS } from './date-text.js'

export type ThemeName = 'light' | 'dark'

/** The bundled font first; the others have similar widths where an SVG is seen without it. */
export const FONT_FAMILY = 'DejaVu Sans, Verdana, Geneva, sans-serif'

export interface Theme {
  readonly name: ThemeName
  readonly paper: string
  readonly ink: string
  /** Axis labels, subtitles, footers. */
  readonly muted: string
  readonly grid: string
  readonly zero: string
  /** From the least to the greatest of a history. */
  readonly bandRange: string
  /** From its 10th to its 90th percentile. */
  readonly bandDecile: string
  readonly bandMedian: string
  readonly watermark: string
  /** A product keeps its colour everywhere; lightness differs too, for eyes that do not tell the hues apart. */
  readonly product: Readonly<Record<Product, string>>
  /** Lines that belong to no product, in order. */
  readonly plain: readonly string[]
  /** Nine steps of a map, from far below to far above: orange to blue over grey, told apart by lightness too. */
  readonly heat: readonly string[]
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    name: 'light',
    paper: '#ffffff',
    ink: '#16191d',
    muted: '#555b65',
    grid: '#e6e8eb',
    zero: '#7d838c',
    bandRange: '#eceef0',
    bandDecile: '#d9dce0',
    bandMedian: '#8d939c',
    watermark: '#c2410c',
    product: {
      CL: '#0a468c',
      BRN: '#b03a04',
      BZ: '#5e2806',
      RB: '#0a9a70',
      HO: '#cc3bb4',
      LGO: '#a89000',
      NG: '#4294de',
      DBI: '#585b66',
    },
    plain: ['#0a468c', '#b03a04', '#0a9a70', '#cc3bb4', '#a89000', '#585b66'],
    heat: ['#8f3a08', '#c9621f', '#e8a06c', '#f6d9c4', '#f0f1f3', '#cde0f5', '#8db9e8', '#4384c9', '#0f4f9a'],
  },
  dark: {
    name: 'dark',
    paper: '#14181d',
    ink: '#f0f2f4',
    muted: '#a9b0ba',
    grid: '#2a3037',
    zero: '#7f8791',
    bandRange: '#21262d',
    bandDecile: '#333a43',
    bandMedian: '#7f8791',
    watermark: '#ff9a5c',
    product: {
      CL: '#5b93ff',
      BRN: '#f2742c',
      BZ: '#c9794a',
      RB: '#5fe0ad',
      HO: '#e07fd6',
      LGO: '#f5dd62',
      NG: '#b5e6fb',
      DBI: '#9a9ca3',
    },
    plain: ['#5b93ff', '#f2742c', '#5fe0ad', '#e07fd6', '#f5dd62', '#9a9ca3'],
    heat: ['#ffa869', '#d67a3c', '#965530', '#543729', '#272c33', '#233d5a', '#2d639b', '#4f92e0', '#9ccaff'],
  },
}

/** Mark styles by name: a spec says what a mark is, the theme says how that looks. */
export type MarkStyle =
  | 'bandRange'
  | 'bandDecile'
  | 'bandMedian'
  | 'zero'
  | 'against'
  | 'hover'
  | 'label'
  | 'labelMuted'
  | 'labelHalo'
  | 'watermark'
  | `product${Product}`
  | `plain${number}`
  | `heat${number}`

/** The style of a line: its product's, else the nth of the plain ones. */
export function lineStyle(product: Product | undefined, index: number): MarkStyle {
  return product === undefined ? `plain${index % themes.light.plain.length}` : `product${product}`
}

/** `config` of a Vega-Lite specification. Formats are given in full, so that no machine's locale has a say. */
export function vegaLiteConfig(theme: Theme): Record<string, unknown> {
  const text = { font: FONT_FAMILY, fontSize: 12, color: theme.ink }
  return {
    background: theme.paper,
    font: FONT_FAMILY,
    padding: 16,
    aria: false,
    locale: {
      number: {
        decimal: '.',
        thousands: THOUSANDS,
        grouping: [3],
        currency: ['', ''],
        minus: MINUS,
      },
      time: {
        dateTime: '%-d %b %Y',
        date: '%-d %b %Y',
        time: '%H:%M',
        periods: ['AM', 'PM'],
        days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
        shortDays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
        months: [
          'January',
          'February',
          'March',
          'April',
          'May',
          'June',
          'July',
          'August',
          'September',
          'October',
          'November',
          'December',
        ],
        shortMonths: MONTHS,
      },
    },
    view: { stroke: null, fill: null },
    axis: {
      labelFont: FONT_FAMILY,
      titleFont: FONT_FAMILY,
      labelFontSize: 12,
      titleFontSize: 12,
      titleFontWeight: 'normal',
      labelColor: theme.muted,
      titleColor: theme.muted,
      gridColor: theme.grid,
      domainColor: theme.zero,
      tickColor: theme.zero,
      labelOverlap: false,
    },
    title: {
      font: FONT_FAMILY,
      subtitleFont: FONT_FAMILY,
      color: theme.ink,
      subtitleColor: theme.muted,
      anchor: 'start',
    },
    line: { strokeJoin: 'round', strokeCap: 'round' },
    style: {
      bandRange: { color: theme.bandRange, opacity: 1 },
      bandDecile: { color: theme.bandDecile, opacity: 1 },
      bandMedian: { color: theme.bandMedian, strokeWidth: 1.2, strokeDash: [2, 3] },
      zero: { color: theme.zero, strokeWidth: 1 },
      against: { color: theme.muted, strokeWidth: 1.3, strokeDash: [6, 3] },
      hover: { color: theme.muted, strokeWidth: 1 },
      label: text,
      labelMuted: { ...text, color: theme.muted },
      labelHalo: { ...text, color: theme.paper, stroke: theme.paper, strokeWidth: 4, strokeJoin: 'round' },
      footer: { font: FONT_FAMILY, fontSize: 11, fontWeight: 'normal', fill: theme.muted },
      watermark: { font: FONT_FAMILY, fontWeight: 'bold', color: theme.watermark, fillOpacity: 0.16 },
      ...Object.fromEntries(Object.entries(theme.product).map(([product, color]) => [`product${product}`, { color }])),
      ...Object.fromEntries(theme.plain.map((color, i) => [`plain${i}`, { color }])),
      ...Object.fromEntries(theme.heat.map((color, i) => [`heat${i}`, { color }])),
    },
  }
}
