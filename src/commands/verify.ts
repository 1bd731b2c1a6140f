import { basename } from 'node:path'
import { ContangoCommand } from '../lib/cli/base-command.js'
import type { Context } from '../lib/cli/context.js'
import { args, flags } from '../lib/cli/flags.js'
import { capturingIo } from '../lib/cli/capturing-io.js'
import { placesOf, planRerun, type PrintedDocument } from '../lib/cli/rerun.js'
import type { Report } from '../lib/cli/report.js'
import { verdictOf } from '../lib/compare/verdict.js'
import { verifyTable, verifyView } from '../lib/desk/verify-view.js'
import type { VerifyData } from '../lib/documents/verify.js'
import { ContangoError } from '../lib/kernel/errors.js'

const LISTED = 1000

export default class Verify extends ContangoCommand {
  static override summary = 'Does a document still hold? Runs again what produced it'
  static override description =
    'Takes a document that --json printed, runs its command with the same params at the same date, and compares. Exit 0: ' +
    'the answer is the same; 10: it is not, and the fingerprints of the inputs say whether data, configuration, a file of ' +
    'the command line or the code changed. See docs/diff.md.'
  static override examples = [
    '<%= config.bin %> verify var.json',
    '<%= config.bin %> verify var.json --rel 1e-9 --json',
  ]
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = { document: args.string({ required: true, description: 'FILE that --json wrote' }) }
  static override flags = {
    file: flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATH',
      summary: 'Where a file of its command line is, if neither here nor beside the document; may be repeated.',
    }),
    abs: flags.number({ min: 0, default: 0, summary: 'Absolute tolerance of every number.' }),
    rel: flags.number({ min: 0, default: 0, summary: 'Relative tolerance of every number, a fraction.' }),
  }

  protected async answer(ctx: Context): Promise<Report<VerifyData>> {
    const { args, flags } = this.input(Verify)
    const path = ctx.resolveFile(args.document)
    const { readComparedFile } = await import('../lib/sources/csv/compared-file.js')
    const read = await readComparedFile(path, basename(path), ctx.signal)
    if (read.kind === 'table' || read.schema === 'contango.error/1') throw notVerifiable(basename(path))
    const older = read.document as unknown as PrintedDocument // its schema names it; what is missing is compared as absent
    const places = placesOf(path, ctx.resolveFile('.'), (flags.file ?? []).map(ctx.resolveFile))
    const { argv, files } = await planRerun(older, this.config.commandIDs, (id) => this.declaredInput(id), places)
    const { io, text } = capturingIo(ctx.io)
    const at = argv.indexOf('--')
    const end = at === -1 ? argv.length : at
    const { home } = flags as { home?: string }
    const full = [
      ...argv.slice(0, end),
      ...(home === undefined ? [] : [`--home=${home}`]),
      '--json',
      '--quiet',
      ...argv.slice(end),
    ]
    const exitCode = await this.runAnother(full, { io })
    ctx.signal.throwIfAborted()
    const printed = JSON.parse(text()) as PrintedDocument & { ok: boolean; error?: { code: string; message: string } }
    const verdict = verdictOf(older, printed.ok ? printed : exitCode, files, {
      absolute: flags.abs,
      relative: flags.rel,
    })
    const data: VerifyData = {
      file: basename(path),
      schema: older.schema,
      command: ['contango', ...argv].map(shellWord).join(' '),
      holds: verdict.holds,
      causes: verdict.causes,
      failure: printed.error ? { code: printed.error.code, message: printed.error.message, exitCode } : null,
      inputs: verdict.inputs,
      differences: verdict.differences
        .slice(0, LISTED)
        .map(({ path, older, newer, delta }) => ({ path, old: older ?? null, new: newer ?? null, delta })),
      differencesCount: verdict.differences.length,
    }
    return {
      asOf: null,
      data,
      rows: verifyTable(data),
      view: verifyView(data),
      trip: data.holds
        ? undefined
        : { code: 'DOES_NOT_HOLD', message: `${data.file} no longer holds: ${data.causes.join(', ')} changed` },
    }
  }
}

/** As a shell needs it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

function notVerifiable(file: string): ContangoError {
  return new ContangoError(
    'usage',
    'NOT_VERIFIABLE',
    `${file} is no document of an answer`,
    'give what --json printed',
    {
      file,
    },
  )
}
