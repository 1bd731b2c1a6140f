/** A book as CSV, read into the shape that the YAML form has; or the first line that cannot be read. */
export type PortfolioCsv =
  | { readonly ok: true; readonly value: unknown; readonly lines: readonly number[] }
  | { readonly ok: false; readonly line: number; readonly message: string }

const TEXT = new Set(['contract', 'product', 'strategy', 'spread', 'type'])

/**
 * One position a row under a header (`contract,lots,strategy,spread,entryPrice`); rows of one `spread` are its legs.
 * What a table has no place for stands above it: `# capitalUsd: 5000000`, `# title: Crude desk`. RFC 4180 quotes.
 */
export function portfolioCsv(text: string): PortfolioCsv {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const book: Record<string, unknown> = {}
  let header: string[] | null = null
  const positions: Record<string, unknown>[] = []
  const lines: number[] = []
  for (const [i, row] of rows.entries()) {
    if (row.trim() === '') continue
    const setting = /^#\s*(\w+)\s*:\s*(.*)$/.exec(row)
    if (setting) book[setting[1]] = setting[1] === 'title' ? setting[2].trim() : numberOrText(setting[2].trim())
    if (row.startsWith('#')) continue
    const cells = cellsOf(row)
    if (cells === null) return { ok: false, line: i + 1, message: 'a quote is not closed' }
    if (header === null) {
      header = cells
      const twice = header.find((name, k) => header!.indexOf(name) !== k)
      if (twice !== undefined) return { ok: false, line: i + 1, message: `the column "${twice}" stands twice` }
      continue
    }
    if (cells.length !== header.length) {
      return { ok: false, line: i + 1, message: `has ${cells.length} cells under ${header.length} columns` }
    }
    positions.push(
      Object.fromEntries(
        header.flatMap((name, k) =>
          cells[k] === '' ? [] : [[name, TEXT.has(name) ? cells[k] : numberOrText(cells[k])] as const],
        ),
      ),
    )
    lines.push(i + 1)
  }
  return { ok: true, value: { ...book, positions }, lines }
}

function numberOrText(text: string): number | string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

function cellsOf(row: string): string[] | null {
  const cells: string[] = []
  let at = 0
  while (at <= row.length) {
    if (row[at] === '"') {
      let value = ''
      let i = at + 1
      for (; i < row.length; i++) {
        if (row[i] !== '"') value += row[i]
        else if (row[i + 1] === '"') value += row[i++]
        else break
      }
      if (i >= row.length) return null
      cells.push(value)
      at = i + 2
    } else {
      const comma = row.indexOf(',', at)
      const end = comma < 0 ? row.length : comma
      cells.push(row.slice(at, end).trim())
      at = end + 1
    }
  }
  return cells
}
