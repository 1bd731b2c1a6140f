import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { describe, expect, inject, it } from 'vitest'
import { z } from 'zod'
import { contango, packageRoot, words } from '../support/contango.js'
import { inside } from '../support/inside.js'

/** One line per command that answers from a lake without writing to it. */
const READING = [
  'prices',
  'curve wti',
  'curve brent --against 2023-06-30',
  'curve wti --history 1 --from 2023-12-01',
  'spreads',
  'spreads wti-brent --align rank',
  'spreads crack-3-2-1 --history --from 2023-12-01',
  'contracts wti --from 2024-01 --to 2024-06',
  'ticker parse "CL1 Comdty"',
  'ticker list',
  'data ls',
  'data inspect CL',
  'positions --book example',
  'pnl --book example',
  'var --book example --method normal --method historical',
  'var curve --book example',
  'limits check --book example',
  'stress --book example --scenario neg_wti --replay-from 2023-12-01',
  'backtest ma-crossover wti -- --fast 5 --slow 20',
  'backtest montecarlo ma-crossover wti --paths 100 -- --fast 5 --slow 20',
  'backtest compare ma-crossover buy-hold "ma-crossover brent --fast 5" wti',
  'backtest list',
  'optimize ma-crossover wti --no-store --folds 2 -- --fast 5,10 --slow 20,40',
  'signals wti',
  'signals --product all',
  'signals brent --history 2023-12-01..2023-12-29',
  'signals performance wti --signal carry --signal rsi',
  'run list',
  'run validate',
  'run daily-risk --dry-run',
  'config show',
  'schema',
]

/** Flags of the command stand before `--`: what follows it is the strategy's. */
function withFlags(line: string, ...flags: string[]): string[] {
  const argv = words(line)
  const end = argv.indexOf('--')
  return end === -1 ? [...argv, ...flags] : [...argv.slice(0, end), ...flags, ...argv.slice(end)]
}

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const Envelope = z.strictObject({
  schema: z.string().regex(/^contango\.[a-z-]+\/\d+$/),
  ok: z.literal(true),
  asOf: isoDate.nullable(),
  data: z.record(z.string(), z.unknown()),
  params: z.record(z.string(), z.unknown()),
  inputs: z.array(z.record(z.string(), z.unknown())),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), details: z.unknown().optional() })),
  trip: z.unknown().optional(),
})

describe('the output contract', () => {
  for (const line of READING) {
    it(`contango ${line}: one document, the same bytes twice and under another time zone and locale`, async () => {
      const home = inject('simHome')
      const argv = withFlags(line, '--json')
      const [first, second] = await Promise.all([
        inside(argv, { home }), // on Kiritimati, fourteen hours ahead
        contango(argv, { home, env: { TZ: 'Asia/Kathmandu', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }),
      ])
      expect(first.code, first.stderr).toBe(0)
      expect(second.stdout).toBe(first.stdout)
      const document = Envelope.parse(JSON.parse(first.stdout))
      const name = document.schema.replace(/^contango\.(.*)\/(\d+)$/, 'contango.$1.$2.schema.json')
      const schema = JSON.parse(readFileSync(join(packageRoot, 'schemas', name), 'utf8')) as {
        properties: { data: Parameters<typeof z.fromJSONSchema>[0] }
      }
      const checked = z.fromJSONSchema(schema.properties.data).safeParse(document.data)
      expect(checked.error?.issues ?? []).toEqual([])
      expect(first.stdout).not.toContain(home)
    })

    it(`contango ${line}: csv, ndjson and arrow carry the same rows`, async () => {
      const home = inject('simHome')
      const [csv, ndjson, arrow, table] = await Promise.all(
        ['csv', 'ndjson', 'arrow', 'table'].map((format) => inside(withFlags(line, '-f', format), { home })),
      )
      const lines = ndjson.stdout
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as Record<string, unknown>)
      const rows = lines.length - 1
      expect(lines.at(-1)).toEqual({ ok: true, rows, type: 'end' })
      const read = tableFromIPC(arrow.stdoutBytes)
      expect(read.numRows).toBe(rows)
      const header = csv.stdout.split('\n', 1)[0].split(',')
      expect(read.schema.fields.map((field) => field.name)).toEqual(header)
      expect(new Set(header).size).toBe(header.length)
      expect(table.stdout.length).toBeGreaterThan(0)
    })
  }

  it('says SIMULATED on stderr even under -q, in inputs[] and in warnings[]', async () => {
    const { stdout, stderr } = await inside(['curve', 'wti', '--json', '-q'], { home: inject('simHome') })
    expect(stderr).toMatch(/^SIMULATED:/)
    const document = JSON.parse(stdout) as { inputs: { simulated?: boolean }[]; warnings: { code: string }[] }
    expect(document.inputs.some((input) => input.simulated === true)).toBe(true)
    expect(document.warnings.map((warning) => warning.code)).toContain('SIMULATED')
  })
})

describe('failure', () => {
  const FAILURES: readonly [line: string, code: number, errorCode: string][] = [
    ['curve --json', 2, 'MISSING_ARGUMENT'],
    ['curve wti extra --json', 2, 'UNEXPECTED_ARGUMENT'],
    ['curve wti --colour --json', 2, 'UNKNOWN_FLAG'],
    ['curve wti --as-of 2023-02-29 --json', 2, 'BAD_FLAG_VALUE'],
    ['curve wti --seed -1 --json', 2, 'BAD_FLAG_VALUE'],
    ['curve wti -f xml --json', 2, 'BAD_FLAG_VALUE'],
    ['curve wti -f csv --json', 2, 'FORMAT_CONFLICT'],
    ['curve wti --chart --json', 2, 'CHART_FILE'],
    ['curve lumber --json', 2, 'UNKNOWN_PRODUCT'],
    ['curve wti --as-of 1999-01-04 --json', 4, 'NO_SETTLEMENT'],
    ['curv wti --json', 2, 'UNKNOWN_COMMAND'],
    ['schema nothing --json', 2, 'UNKNOWN_SCHEMA'],
    ['runs show zzzz --json', 4, 'NO_RUN'],
    ['curve wti --home /nowhere/at/all --json', 3, 'NOT_A_WORKSPACE'],
  ]
  for (const [line, code, errorCode] of FAILURES) {
    it(`contango ${line} exits ${code} with ${errorCode} as one document, and a line for people`, async () => {
      const finished = await contango(words(line), { home: line.includes('--home') ? undefined : inject('simHome') })
      expect(finished.code, finished.stderr).toBe(code)
      const document = JSON.parse(finished.stdout) as {
        error: { code: string; message: string }
        exitCode: number
        ok: boolean
        schema: string
      }
      expect(document).toMatchObject({
        exitCode: code,
        ok: false,
        schema: 'contango.error/1',
        error: { code: errorCode },
      })
      expect(finished.stderr).toContain('error: ')
      const human = await inside(words(line.replace(' --json', '')), {
        home: line.includes('--home') ? undefined : inject('simHome'),
      })
      if (errorCode !== 'FORMAT_CONFLICT') expect(human.code).toBe(code)
    })
  }

  it('makes the workspace that CONTANGO_HOME names and that is not there yet', async () => {
    const home = join(tmpdir(), `contango-not-there-${process.pid}`)
    const made = await inside(['init', home], { home })
    rmSync(home, { recursive: true, force: true })
    expect(made.code, made.stderr).toBe(0)
  })

  it('keeps stdout empty without --json', async () => {
    const { stdout, stderr } = await inside(['curve', 'lumber'], { home: inject('simHome') })
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: .*lumber.*\n {2}try: /s)
  })
})
