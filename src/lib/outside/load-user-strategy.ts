import { createHash } from 'node:crypto'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { strategyModuleOf } from '../backtest/user/module-shape.js'
import { userStrategy, type LocateError } from '../backtest/user/user-strategy.js'
import type { Strategy } from '../backtest/strategy.js'
import { ContangoError } from '../kernel/errors.js'
import { importModule } from '../runtime/import-module.js'
import { readBytes } from '../sources/csv/read-table.js'

/** Endings that TypeScript must be taken out of before Node can run them. */
const TYPESCRIPT = /\.[cm]?ts$/i

/** A module that was run, and where its errors are in its source. */
interface Loaded {
  readonly exported: unknown
  readonly locate: LocateError
}

/**
 * The strategy that a JavaScript or TypeScript file exports. It runs as the user, with no sandbox; TypeScript goes through
 * esbuild, which is loaded for it alone.
 * @param path absolute
 * @param file base name, for messages and answers
 */
export async function loadUserStrategy(path: string, file: string, signal: AbortSignal): Promise<Strategy> {
  const source = await readBytes(path, file, signal)
  const { exported, locate } = TYPESCRIPT.test(file)
    ? await loadTypeScript(path, file)
    : await loadJavaScript(path, file, source)
  const module = exported as { default?: unknown } | null
  const own = module?.default
  // A CommonJS module that a compiler wrote has its default export one level deeper.
  const inner =
    typeof own === 'object' && own !== null && '__esModule' in own ? (own as { default?: unknown }).default : own
  return userStrategy(strategyModuleOf(inner, file), file, locate)
}

async function loadJavaScript(path: string, file: string, source: Uint8Array): Promise<Loaded> {
  // Node keeps a module by its address: other contents are another one.
  const url = `${pathToFileURL(path).href}?contents=${createHash('sha256').update(source).digest('hex').slice(0, 16)}`
  const locate: LocateError = (error) => {
    const line = stackOf(error)
      .split(url)[1]
      ?.match(/^:(\d+)/)
    return line ? `${file}:${line[1]}` : null
  }
  const exported = await imported(url, file, locate).catch(async (error: unknown) => {
    // Node keeps the place of a syntax error to itself; the compiler names it.
    if (error instanceof ContangoError && error.cause instanceof SyntaxError) await compiled(path, file)
    throw error
  })
  return { exported, locate }
}

/** The module and what it imports in one, as JavaScript with its source map. */
async function compiled(path: string, file: string): Promise<{ code: string; map: string }> {
  const { build } = await import('esbuild')
  const built = await build({
    entryPoints: [path],
    absWorkingDir: dirname(path),
    outfile: `${path}.mjs`,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'external',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(path).href) },
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw notCompiled(file, error)
  })
  const output = (ending: string): string => built.outputFiles.find((one) => one.path.endsWith(ending))?.text ?? ''
  return { code: output('.mjs'), map: output('.map') }
}

async function loadTypeScript(path: string, file: string): Promise<Loaded> {
  const { code, map: mapText } = await compiled(path, file)
  const map = new SourceMap(JSON.parse(mapText) as SourceMapPayload)
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  const locate: LocateError = (error) => {
    const position = stackOf(error)
      .split(url)[1]
      ?.match(/^:(\d+):(\d+)/)
    if (!position) return null
    const entry = map.findEntry(Number(position[1]) - 1, Number(position[2]) - 1)
    return 'originalLine' in entry ? `${entry.originalSource.split('/').at(-1)}:${entry.originalLine + 1}` : null
  }
  return { exported: await imported(url, file, locate), locate }
}

async function imported(url: string, file: string, locate: LocateError): Promise<unknown> {
  try {
    return await importModule(url)
  } catch (error) {
    const at = locate(error)
    const place = at === null ? file : at
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    const syntax = error instanceof SyntaxError
    throw new ContangoError(
      'refused',
      syntax ? 'STRATEGY_SYNTAX' : 'STRATEGY_NOT_LOADED',
      `${place} ${syntax ? 'is no JavaScript' : 'could not be loaded'}: ${withoutFolders(said, url)}`,
      'the error is in the strategy’s own file',
      { file },
      { cause: error },
    )
  }
}

function notCompiled(file: string, error: unknown): ContangoError {
  const failures = (error as { errors?: readonly BuildMessage[] } | null)?.errors
  const first = failures?.[0]
  if (first === undefined) {
    const missing = (error as NodeJS.ErrnoException | null)?.message ?? String(error)
    return new ContangoError(
      'config',
      'NO_ESBUILD',
      `esbuild cannot compile ${file}: ${missing}`,
      'npm install, or write JavaScript',
      {
        file,
      },
    )
  }
  const { location, text } = first
  const place =
    location == null ? file : `${location.file.split(sep).join('/')}:${location.line}:${location.column + 1}`
  return new ContangoError(
    'refused',
    'STRATEGY_SYNTAX',
    `${place}: ${text}`,
    'the error is in the strategy’s own file',
    {
      file,
      line: location?.line ?? null,
    },
  )
}

interface BuildMessage {
  readonly text: string
  readonly location?: { readonly file: string; readonly line: number; readonly column: number } | null
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : ''
}

/** Node's messages name the folder that it looked in: answers hold no path. */
function withoutFolders(message: string, url: string): string {
  if (!url.startsWith('file:')) return message
  const folder = dirname(new URL(url).pathname)
  return message.replaceAll(`${folder}/`, '').replaceAll(url, relative(folder, new URL(url).pathname))
}
