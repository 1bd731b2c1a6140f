import type { Block, Cell } from './blocks.js'

/** Blocks as GitHub-flavoured Markdown; pictures are named where files of them are there. */
export function blocksMarkdown(blocks: readonly Block[], charts: ReadonlyMap<string, { file: string; alt: string }>): string {
  return blocks
    .map((block) => blockMarkdown(block, charts))
    .filter((text) => text !== '')
    .join('\n\n')
}

function blockMarkdown(block: Block, charts: ReadonlyMap<string, { file: string; alt: string }>): string {
  switch (block.kind) {
    case 'heading':
      return `## ${inline(block.text)}`
    case 'text':
      return inline(block.text)
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n')
    case 'badges':
      return block.badges.map(({ text }) => `**${inline(text)}**`).join(' · ')
    case 'table':
      return tableMarkdown(block)
    case 'chart': {
      const chart = charts.get(block.id)
      return chart === undefined ? '' : `![${inline(chart.alt)}](${encodeURI(chart.file)})`
    }
  }
}

function tableMarkdown({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const strong = ({ text, tone }: Cell): string => (tone === 'breach' || tone === 'strong' ? `**${inline(text)}**` : inline(text))
  return [
    `${inline(caption)}:`,
    '',
    line(columns.map(({ header }) => inline(header))),
    line(columns.map(({ text }, i) => (text === true || i === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(strong))),
  ].join('\n')
}

/** A text that Markdown takes for nothing else: names of series hold underscores. */
function inline(text: string): string {
  return text.replace(/([\\`*_[\]<>|])/g, '\\$1').replaceAll('\n', ' ')
}
