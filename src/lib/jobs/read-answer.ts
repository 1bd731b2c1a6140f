import type { Provenance } from '../market/dataset.js'

/** What the runner takes from a step's document. */
export interface Answer {
  readonly document: unknown
  readonly schema: string | null
  /** Code and message of the error, or of the check that said no. */
  readonly errorCode: string | null
  readonly message: string | null
  readonly inputs: readonly Provenance[]
}

const NOTHING: Answer = { document: null, schema: null, errorCode: null, message: null, inputs: [] }

interface AnyDocument {
  readonly schema?: unknown
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | null
  readonly trip?: { readonly code?: unknown; readonly message?: unknown } | null
  readonly inputs?: unknown
}

/** Reads the document that a step printed; whatever is none leaves everything open. */
export function readAnswer(stdout: Buffer): Answer {
  let document: unknown
  try {
    document = JSON.parse(stdout.toString('utf8'))
  } catch {
    return NOTHING
  }
  if (typeof document !== 'object' || document === null) return NOTHING
  const { schema, error, trip, inputs } = document as AnyDocument
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return {
    document,
    schema: text(schema),
    errorCode: text(error?.code ?? trip?.code),
    message: text(error?.message ?? trip?.message),
    inputs: Array.isArray(inputs) ? inputs.filter(isProvenance) : [],
  }
}

function isProvenance(input: unknown): input is Provenance {
  return typeof input === 'object' && input !== null && 'series' in input
}

/** The last `error:` of what a step said on stderr, for one that printed no document. */
export function saidError(stderr: Buffer): string | null {
  const lines = stderr.toString('utf8').split('\n')
  const said = lines.findLast((line) => line.startsWith('error: '))
  return said === undefined ? null : said.slice('error: '.length)
}
