import { compareValues, type Difference } from './compare-values.js'
import type { Tolerance } from './tolerance.js'

/** The envelope around an answer, as far as two runs are compared. */
export interface AnswerDocument {
  readonly schema: string
  readonly asOf: string | null
  readonly data: unknown
  readonly trip?: unknown
  readonly inputs: readonly Readonly<Record<string, unknown>>[]
}

export type InputKind = 'data' | 'config' | 'file'

export interface InputChange {
  readonly input: string
  readonly kind: InputKind
  readonly status: 'same' | 'changed' | 'gone' | 'new'
  readonly old: string | null
  readonly new: string | null
}

export interface Verdict {
  readonly holds: boolean
  readonly causes: ('data' | 'config' | 'file' | 'code')[]
  readonly inputs: InputChange[]
  readonly differences: Difference[]
}

/**
 * Whether an answer is what it was, and if not, what changed: the fingerprints of its inputs tell data, configuration and
 * files apart; where all of them are the same, the code must have changed.
 * @param newer the answer now, or the exit code of a run that gave none
 * @param files the files of the command line, as they were and are
 */
export function verdictOf(
  older: AnswerDocument,
  newer: AnswerDocument | number,
  files: readonly InputChange[],
  tolerance: Tolerance,
): Verdict {
  const failed = typeof newer === 'number'
  // Without an answer nobody knows what would have been read.
  const inputs = [...(failed ? [] : inputChanges(older.inputs, newer.inputs)), ...files]
  const answer = ({ asOf, data, trip }: AnswerDocument): unknown => ({
    asOf,
    data,
    ...(trip === undefined ? {} : { trip }),
  })
  const differences = failed
    ? []
    : compareValues(answer(older), answer(newer), { tolerance, tolerances: [], ignored: [], only: [], keys: [] })
        .differences
  const holds = !failed && differences.length === 0 && older.schema === newer.schema
  const changed = (['data', 'config', 'file'] as const).filter((kind) =>
    inputs.some((input) => input.kind === kind && input.status !== 'same'),
  )
  const told = failed && changed.length === 0 ? causeOfExit(newer) : null
  const causes = told !== null ? [told] : changed.length > 0 ? changed : (['code'] as const)
  return { holds, causes: holds ? [] : [...causes], inputs, differences }
}

/** No data or data refused is the lake's doing, exit 3 the configuration's. */
function causeOfExit(exitCode: number): 'data' | 'config' | null {
  if (exitCode === 4 || exitCode === 6) return 'data'
  return exitCode === 3 ? 'config' : null
}

function inputChanges(older: AnswerDocument['inputs'], newer: AnswerDocument['inputs']): InputChange[] {
  const [before, after] = [byName(older), byName(newer)]
  return [...new Set([...before.keys(), ...after.keys()])].sort().map((input) => {
    const [was, is] = [before.get(input), after.get(input)]
    const kind = (was ?? is)!.kind
    const status = was === undefined ? 'new' : is === undefined ? 'gone' : was.sha256 === is.sha256 ? 'same' : 'changed'
    return { input, kind, status, old: was?.sha256 ?? null, new: is?.sha256 ?? null }
  })
}

/** One dataset may be read in several slices: their fingerprints count together. */
function byName(inputs: AnswerDocument['inputs']): Map<string, { kind: InputKind; sha256: string }> {
  const named = new Map<string, { kind: InputKind; sha256: string }>()
  for (const input of inputs) {
    const isConfig = typeof input['config'] === 'string'
    const name = isConfig ? String(input['config']) : `${input['series']} (${input['kind']}, ${input['source']})`
    const before = named.get(name)
    const sha256 = String(input['sha256'])
    named.set(name, {
      kind: isConfig ? 'config' : 'data',
      sha256: before === undefined ? sha256 : `${before.sha256} ${sha256}`,
    })
  }
  return named
}
