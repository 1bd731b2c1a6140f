import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Chart } from './chart.js'
import { escapeHtml } from './escape-html.js'
import { frame } from './frame.js'
import { resolvePackageFile } from './resolve-package-file.js'
import { themes, vegaLiteConfig } from './theme.js'

/** The browser builds lie beside the packages' main entries. */
const BROWSER_BUILDS = [
  ['vega', 'vega.min.js'],
  ['vega-lite', 'vega-lite.min.js'],
] as const

/** Runs in the reader's browser: draws in the reader's theme and again when that changes. */
const PAGE_SCRIPT = `'use strict'
const { spec, configs } = JSON.parse(document.getElementById('spec').textContent)
const holder = document.getElementById('chart')
const tip = document.getElementById('tip')
const dark = matchMedia('(prefers-color-scheme: dark)')
let view = null
function showTip(handler, event, item, value) {
  tip.hidden = !value
  if (!value) return
  tip.textContent = typeof value === 'string' ? value : Object.entries(value).map(([k, v]) => k + ': ' + v).join('\\n')
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8
  tip.style.left = Math.max(4, Math.min(event.clientX + 14, room)) + 'px'
  tip.style.top = event.clientY + 14 + 'px'
}
function draw() {
  if (view) view.finalize()
  const config = configs[dark.matches ? 'dark' : 'light']
  const compiled = vegaLite.compile(Object.assign({}, spec, { config })).spec
  view = new vega.View(vega.parse(compiled), { renderer: 'svg', container: holder, hover: true }).tooltip(showTip)
  view.runAsync()
}
dark.addEventListener('change', draw)
draw()
`

const STYLE = `:root{color-scheme:light dark}
body{margin:0;background:${themes.light.paper};color:${themes.light.ink};font:14px/1.5 'DejaVu Sans',Verdana,Geneva,sans-serif}
main{max-width:840px;margin:0 auto;padding:8px;overflow-x:auto}
#tip{position:fixed;z-index:1;padding:6px 9px;border:1px solid ${themes.light.zero};border-radius:4px;background:${themes.light.paper};font-size:12px;white-space:pre;pointer-events:none}
#tip[hidden]{display:none}
@media (prefers-color-scheme:dark){body{background:${themes.dark.paper};color:${themes.dark.ink}}#tip{background:${themes.dark.paper}}}
`

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A script that closes its own element would end the page early. */
function inlineable(script: string): string {
  return script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n').replaceAll('</script', '<\\/script')
}

let builds: string[] | null = null
function browserBuilds(): string[] {
  builds ??= BROWSER_BUILDS.map(([entry, file]) => inlineable(readFileSync(resolvePackageFile(entry, file), 'utf8')))
  return builds
}

/**
 * One file that draws the chart in a browser and answers the mouse; it carries its own Vega and asks no network.
 * @param still the same chart as SVG, for readers without scripts
 */
export function chartPage(chart: Chart, still: string): string {
  const { config: _config, ...spec } = frame(chart, themes.light, true)
  const configs = { light: vegaLiteConfig(themes.light), dark: vegaLiteConfig(themes.dark) }
  const data = JSON.stringify({ spec, configs }).replaceAll('<', '\\u003c')
  const scripts = [...browserBuilds(), PAGE_SCRIPT]
  // Vega compiles its expressions in the browser: that needs 'unsafe-eval', and nothing may be loaded or sent.
  const policy = `default-src 'none'; script-src 'unsafe-eval' ${scripts.map(sha256).join(' ')}; style-src ${sha256(STYLE)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${chart.simulated ? 'SIMULATED: ' : ''}${escapeHtml(chart.title)}</title>
<meta name="description" content="${escapeHtml(chart.alt)}">
<style>${STYLE}</style>
</head>
<body>
<main>
<div id="chart" role="img" aria-label="${escapeHtml(`${chart.simulated ? 'Simulated data. ' : ''}${chart.alt}`)}"></div>
<noscript>${still}</noscript>
<div id="tip" hidden></div>
</main>
<script type="application/json" id="spec">${data}</script>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`
}
