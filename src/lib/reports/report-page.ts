import { createHash } from 'node:crypto'
import { Markup, markup, NOTHING } from './markup.js'
import { REPORT_STYLE } from './report-style.js'

export interface ReportPage {
  /** Of the browser's tab; SIMULATED is written before it. */
  readonly title: string
  readonly description: string
  readonly simulated: boolean
  readonly body: readonly Markup[]
}

/** One HTML file that stands alone: no script, no network (the content-security policy forbids both), light and dark, fit for paper. */
export function reportPage({ title, description, simulated, body }: ReportPage): string {
  const styleHash = new Markup(createHash('sha256').update(REPORT_STYLE).digest('base64'))
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<title>${simulated ? 'SIMULATED: ' : ''}${title}</title>
<meta name="description" content="${description}">
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<main>
${body}<footer class="muted"><p>Made by contango from the data named above${simulated ? ', some of it SIMULATED' : NOTHING}. Not investment advice.</p></footer>
</main>
</body>
</html>
`.text
}
