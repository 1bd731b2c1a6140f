import { argumentParamKind, flagParamKind } from './flags.js'
import { camelCase } from './params.js'

/** What the manifest says of a command's flags and arguments. */
export interface DeclaredInput {
  readonly flags: Readonly<
    Record<string, { readonly type: string; readonly allowNo?: boolean; readonly helpValue?: unknown }>
  >
  readonly args: Readonly<Record<string, unknown>>
}

/** A file as `params` names it. */
export interface FileParam {
  readonly name: string
  readonly sha256: string | null
}

/**
 * The words after the command that give these `params` again: the reverse of `documentParams`, without flags that only
 * change how an answer is shown.
 * @param pathOf where a file that `params` names by its base name and fingerprint is to be found
 */
export async function argvOfParams(
  declared: DeclaredInput,
  params: Readonly<Record<string, unknown>>,
  pathOf: (file: FileParam) => Promise<string>,
): Promise<string[]> {
  const words: string[] = []
  const text = async (value: unknown): Promise<string> => (isFileParam(value) ? pathOf(value) : String(value))
  for (const name of Object.keys(declared.args)) {
    for (const value of listOf(params[camelCase(name)])) {
      words.push(argumentParamKind(name) === 'plain' ? String(value) : await text(value))
    }
  }
  for (const [name, definition] of Object.entries(declared.flags)) {
    if (flagParamKind(definition) === 'other-words') continue
    for (const value of listOf(params[camelCase(name)])) {
      if (definition.type !== 'boolean') {
        const kind = flagParamKind(definition)
        words.push(`--${name}=${kind === 'file' || kind === 'book' ? await text(value) : String(value)}`)
      } else if (value === true) words.push(`--${name}`)
      else if (definition.allowNo === true) words.push(`--no-${name}`)
    }
  }
  const passedOn = params['passedOn']
  if (Array.isArray(passedOn) && passedOn.length > 0) words.push('--', ...passedOn.map(String))
  return words
}

function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function isFileParam(value: unknown): value is FileParam {
  return typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string'
}
