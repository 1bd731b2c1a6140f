import { settingLeaves } from './settings-schema.js'

const DATA_README = `# data

What contango has fetched and recorded: \`lake/\` (Parquet, Hive layout, opens in DuckDB or Polars as it stands) and
\`contango.db\` (SQLite: catalogue and run ledger). \`contango data ls\` lists it. Nothing here but this page belongs
into version control; all of it can be fetched again.
`

const REPORTS_README = `# reports

Reports and charts that contango writes by default. Nothing here but this page belongs into version control; each can
be made again from the data.
`

const GITIGNORE = `data/*
!data/README.md
reports/*
!reports/README.md
`

/** \`contango.yaml\` with every setting as a comment: its meaning, its environment variable, its default. */
function settingsTemplate(): string {
  const lines = [
    '# This file makes the folder a contango workspace: config/, data/ and reports/ beside it are its own.',
    '# Take the # away from what you change. A flag or an environment variable wins over this file, this file over',
    '# ~/.config/contango/config.yaml. What is in force, and why: contango config show --origin',
  ]
  let group: string | null = null
  for (const leaf of settingLeaves) {
    const isGrouped = leaf.path.length > 1
    if (!isGrouped || leaf.path[0] !== group) lines.push('')
    if (isGrouped && leaf.path[0] !== group) lines.push(`# ${leaf.path[0]}:`)
    group = isGrouped ? leaf.path[0] : null
    const indent = '  '.repeat(leaf.path.length - 1)
    lines.push(`# ${indent}# ${leaf.about} (${leaf.env})`)
    lines.push(`# ${indent}${leaf.path.at(-1)}: ${yamlText(leaf.fallback)}`)
  }
  return `${lines.join('\n')}\n`
}

function yamlText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
}

/** The files of a new workspace by name, `config/` apart; `contango.yaml` comes last, because it makes the workspace. */
export function workspaceTemplate(): ReadonlyMap<string, string> {
  return new Map([
    ['.gitignore', GITIGNORE],
    ['data/README.md', DATA_README],
    ['reports/README.md', REPORTS_README],
    ['contango.yaml', settingsTemplate()],
  ])
}
