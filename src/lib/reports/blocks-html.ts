import type { Block, Cell } from './blocks.js'
import { chartFigure, type ReportChart } from './chart-figure.js'
import { Markup, markup, NOTHING } from './markup.js'
import { headCell, reportTable } from './report-table.js'

/** Blocks as HTML: a section a heading. */
export function blocksHtml(blocks: readonly Block[], charts: readonly ReportChart[]): Markup[] {
  let open = false
  const parts = blocks.flatMap((block) => {
    if (block.kind !== 'heading') return [blockHtml(block, charts)]
    const start = markup`${open ? new Markup('</section>\n') : NOTHING}<section><h2>${block.text}</h2>\n`
    open = true
    return [start]
  })
  return open ? [...parts, new Markup('</section>\n')] : parts
}

function blockHtml(block: Exclude<Block, { kind: 'heading' }>, charts: readonly ReportChart[]): Markup {
  switch (block.kind) {
    case 'text':
      return markup`<p${block.muted ? new Markup(' class="muted"') : NOTHING}>${block.text}</p>\n`
    case 'list':
      return markup`<ul${block.muted ? new Markup(' class="muted"') : NOTHING}>${block.items.map((item) => markup`<li>${item}</li>`)}</ul>\n`
    case 'badges':
      return markup`<p class="badges">${block.badges.map(badge)}</p>\n`
    case 'table':
      return reportTable(
        block.caption,
        block.columns,
        block.rows.map(
          (row) => markup`${row.map((cell, i) => (i === 0 ? headCell(cell.text) : cellHtml(cell, block.columns[i].text === true)))}`,
        ),
      )
    case 'chart':
      return chartFigure(charts, block.id)
  }
}

function badge({ text, tone, title }: Cell): Markup {
  return markup`<span class="badge ${tone ?? ''}"${titleOf(title)}>${text}</span> `
}

function cellHtml({ text, tone, title }: Cell, isText: boolean): Markup {
  const classes = [isText ? 'text' : '', tone ?? ''].filter((name) => name !== '').join(' ')
  return markup`<td${classes === '' ? NOTHING : markup` class="${classes}"`}${titleOf(title)}>${text}</td>`
}

function titleOf(title: string | undefined): Markup {
  return title === undefined ? NOTHING : markup` title="${title}"`
}
