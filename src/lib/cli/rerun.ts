import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { AnswerDocument, InputChange } from '../compare/verdict.js'
import { ContangoError } from '../kernel/errors.js'
import { argvOfParams, type DeclaredInput } from './argv-of-params.js'

/** These change the workspace, or answer about themselves or the moment. */
const NOT_RUN_AGAIN = /^(fetch|init|quotes|run|runs|report|completion|diff|verify)(:|$)/

/** A document of an answer, as parsed from a file. */
export interface PrintedDocument extends AnswerDocument {
  readonly params: Readonly<Record<string, unknown>>
}

export interface RerunPlan {
  /** The whole command line but for `contango`. */
  readonly argv: readonly string[]
  readonly files: readonly InputChange[]
}

/** The command line that gives a document again, at the date of its answer. */
export async function planRerun(
  document: PrintedDocument,
  commandIds: readonly string[],
  declaredInput: (id: string) => Promise<DeclaredInput>,
  places: { readonly folders: readonly string[]; readonly files: readonly string[] },
): Promise<RerunPlan> {
  const id = commandOf(document.schema, commandIds)
  const files: InputChange[] = []
  const words = await argvOfParams(
    await declaredInput(id),
    // Without --as-of the answer was about the last settlement then; the lake may have later ones now.
    { ...document.params, asOf: document.params['asOf'] ?? document.asOf },
    async ({ name, sha256 }) => {
      const found = await findFile(name, sha256, places)
      files.push({
        input: name,
        kind: 'file',
        status: found.sha256 === sha256 ? 'same' : 'changed',
        old: sha256,
        new: found.sha256,
      })
      return found.path
    },
  )
  return { argv: [...id.split(':'), ...words], files }
}

function commandOf(schema: string, commandIds: readonly string[]): string {
  const name = /^contango\.([a-z-]+)\/\d+$/.exec(schema)?.[1]
  const id = commandIds.find((one) => one.replaceAll(':', '-') === name)
  if (id !== undefined && !NOT_RUN_AGAIN.test(id)) return id
  const why = id === undefined ? 'no command prints it' : `contango ${id.replaceAll(':', ' ')} is not run again to look`
  throw new ContangoError(
    'usage',
    'NOT_VERIFIABLE',
    `${schema} cannot be verified: ${why}`,
    'contango verify var.json',
    {
      schema,
    },
  )
}

async function findFile(
  name: string,
  sha256: string | null,
  { folders, files }: { readonly folders: readonly string[]; readonly files: readonly string[] },
): Promise<{ path: string; sha256: string }> {
  const given = files.filter((file) => basename(file) === name)
  const there: { path: string; sha256: string }[] = []
  for (const path of given.length > 0 ? given : folders.map((folder) => join(folder, name))) {
    try {
      there.push({
        path,
        sha256: createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      })
    } catch {
      // looked for elsewhere
    }
  }
  const found = there.find((one) => one.sha256 === sha256) ?? there[0]
  if (found !== undefined) return found
  throw new ContangoError(
    'noData',
    'FILE_NOT_FOUND',
    `${name}, which the document was made from, is neither in this folder nor beside the document`,
    `contango verify … --file PATH/${name}`,
    { file: name, sha256 },
  )
}

/** The folders in which a file of the command line is looked for. */
export function placesOf(documentPath: string, cwd: string, files: readonly string[]): Parameters<typeof planRerun>[3] {
  return { folders: [...new Set([cwd, dirname(documentPath)])], files }
}
