import { markup, type Markup, NOTHING } from './markup.js'

/** What the commands behind a report warned of. */
export function warningsSection(warnings: readonly { readonly code: string; readonly message: string }[]): Markup {
  if (warnings.length === 0) return NOTHING
  return markup`<section><h2>Warnings</h2>
<ul>${warnings.map(({ code, message }) => markup`<li><code>${code}</code> ${message}</li>`)}</ul></section>
`
}
