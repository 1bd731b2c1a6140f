import { escapeHtml } from '../charts/escape-html.js'

/** Markup, as opposed to a text that still has to be escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | readonly Markup[] | string | number

/** A template whose parts are escaped unless they are markup already: data never becomes markup. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0]
  parts.forEach((part, i) => (text += textOf(part) + strings[i + 1]))
  return new Markup(text)
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return part.map((item) => item.text).join('')
}

export const NOTHING = new Markup('')
