import { type Theme, themes } from '../charts/theme.js'

/** Text colours of gains and losses that reach 4.5 : 1 on their paper; the sign is always written too. */
const UP = { light: '#05683f', dark: '#4fd39c' } as const
const DOWN = { light: '#a5230b', dark: '#ff9b80' } as const
const AMBER = { light: '#7a4b00', dark: '#ffcf7a' } as const
const MARK = { light: '#fff1e6', dark: '#3a2415' } as const
const LINE = { light: '#d5d9de', dark: '#333a43' } as const

function variables(theme: Theme): string {
  const { name } = theme
  return `--paper:${theme.paper};--ink:${theme.ink};--muted:${theme.muted};--line:${LINE[name]};--up:${UP[name]};--down:${DOWN[name]};--mark:${MARK[name]};--amber:${AMBER[name]};--warn:${theme.watermark};--accent:${theme.product.CL};--track:${theme.bandDecile}`
}

/** The style sheet of reports: light and dark as the reader prefers, always light on paper. */
export const REPORT_STYLE = `:root{color-scheme:light dark;${variables(themes.light)}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 'DejaVu Sans',Verdana,Geneva,sans-serif}
main{max-width:1100px;margin:0 auto;padding:24px 20px 48px}
h1{font-size:1.7em;line-height:1.25;margin:0 0 4px}
h2{font-size:1.25em;margin:40px 0 8px;padding-top:12px;border-top:2px solid var(--line)}
h3{font-size:1em;margin:24px 0 6px}
p{margin:6px 0}
.lead{font-size:1.05em;margin:14px 0 0;padding-left:1.2em}
.lead li{margin:3px 0}
.muted,caption,figcaption{color:var(--muted);font-size:.87em}
.simulated{margin:0 0 18px;padding:10px 14px;border:2px solid var(--warn);border-radius:4px;background:var(--mark);font-weight:bold}
.scroll{overflow-x:auto;margin:10px 0}
table{border-collapse:collapse;width:100%;font-size:.87em;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:0 0 6px;caption-side:top}
th,td{padding:5px 6px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:bold;vertical-align:bottom}
tbody th{text-align:left;font-weight:normal}
tbody th,td{vertical-align:baseline}
thead th{color:var(--muted);font-weight:normal;border-bottom:2px solid var(--line)}
.text,thead .text{text-align:left}
.strong{font-weight:bold}
.percent{display:inline-block;min-width:3.2em}
.wrap{white-space:normal;overflow-wrap:anywhere}
.up{color:var(--up)}
.down{color:var(--down)}
.bar{fill:var(--track)}
.dot{fill:var(--accent)}
.badges{margin:10px 0}
.badge{display:inline-block;padding:2px 10px;border:1.5px solid currentColor;border-radius:10px;font-weight:bold}
.ok{color:var(--up)}
.warning,.critical,.unknown{color:var(--amber)}
.critical{font-weight:bold}
.breach{color:var(--down);font-weight:bold}
.badge.breach,.badge.critical{background:var(--mark)}
figure{margin:14px 0}
figure svg{display:block;width:100%;max-width:800px;height:auto;min-width:560px}
.dark{display:none}
code,.code{font:.92em/1.4 'DejaVu Sans Mono',Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{margin-top:40px;padding-top:12px;border-top:2px solid var(--line)}
@media screen and (prefers-color-scheme:dark){:root{${variables(themes.dark)}}.dark{display:block}.light{display:none}}
@media screen and (max-width:560px){main{padding:16px 12px 32px}h1{font-size:1.35em}body{font-size:14px}}
@media print{@page{size:A4;margin:14mm}:root{color-scheme:light}body{font-size:10px}main{max-width:none;padding:0}h2{margin-top:24px;break-after:avoid}h3{break-after:avoid}figure,tr,.whole,.simulated{break-inside:avoid}.scroll{overflow:visible}figure svg{min-width:0;max-width:170mm;max-height:245mm}th,td{padding:2px 3px}table{font-size:.82em}}
`
