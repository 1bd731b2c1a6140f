import { escapeHtml } from '../charts/escape-html.js'

/** Markup, as opposed to a text that still has to be escaped. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | readonly Html[] | string | number

/** A template whose parts are escaped unless they are markup already: data never becomes markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = strings[0]
  parts.forEach((part, i) => (markup += markupOf(part) + strings[i + 1]))
  return new Html(markup)
}

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return part.map((item) => item.markup).join('')
}

export const NOTHING = new Html('')
