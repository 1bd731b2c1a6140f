import { numberText } from '../../charts/number-text.js'
import type { Cell } from '../blocks.js'

export function text(words: string, title?: string): Cell {
  return title === undefined ? { text: words } : { text: words, title }
}

export function number(value: number | null, digits: number, title?: string): Cell {
  return title === undefined ? { text: numberText(value, digits) } : { text: numberText(value, digits), title }
}

/** With its sign and without a colour: a build of stocks is neither a gain nor a loss. */
export function plain(value: number | null, digits: number): Cell {
  return { text: numberText(value, digits, true) }
}

/** With its sign, coloured by it. */
export function signed(value: number | null, digits: number): Cell {
  const words = numberText(value, digits, true)
  return { text: words, tone: words.startsWith('+') ? 'up' : words === '–' || !(value! < 0) ? undefined : 'down' }
}

/** `+1 208 241 USD` */
export function usd(value: number | null, sign = false): string {
  return value === null ? '–' : `${numberText(value, 0, sign)} USD`
}

/** Of a fraction: `84 %`. */
export function percent(fraction: number | null, digits = 0): string {
  return fraction === null ? '–' : `${numberText(100 * fraction, digits)} %`
}
