import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import { section as calendars } from '../../../src/lib/config/sections/calendars.js'
import { section as instruments } from '../../../src/lib/config/sections/instruments.js'
import { section as publications } from '../../../src/lib/config/sections/publications.js'
import { createMarket } from '../../../src/lib/market/create-market.js'
import { importFiles, type FilesImport } from '../../../src/lib/sources/csv/import-files.js'
import { importRequest, type ImportFlags } from '../../../src/lib/sources/csv/import-flags.js'
import type { ImportDesk } from '../../../src/lib/sources/csv/import-request.js'
import { readBytes } from '../../../src/lib/sources/csv/read-table.js'

const configFile = (name: string): unknown =>
  parse(readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8'))

export const market = createMarket(
  instruments.schema.parse(configFile('instruments.yaml')),
  calendars.schema.parse(configFile('calendars.yaml')),
)

const publicationsSection = publications.schema.parse(configFile('publications.yaml'))

export interface Tried extends FilesImport {
  /** `CODE: message` */
  readonly warnings: readonly string[]
}

function desk(flags: ImportFlags, warnings: string[]): ImportDesk {
  return {
    market,
    publications: publicationsSection,
    request: importRequest(flags),
    warn: (code, message) => void warnings.push(`${code}: ${message}`),
    signal: new AbortController().signal,
  }
}

/** Reads files by path with the project's own configuration. */
export async function importPaths(paths: readonly string[], flags: ImportFlags = {}): Promise<Tried> {
  const warnings: string[] = []
  const made = desk(flags, warnings)
  const files = paths.map((path) => ({
    file: basename(path),
    bytes: () => readBytes(path, basename(path), made.signal),
  }))
  return { ...(await importFiles(made, files, () => {})), warnings }
}

/** Reads one text as if it stood in a file. */
export async function importText(text: string | Uint8Array, flags: ImportFlags = {}, file = 'x.csv'): Promise<Tried> {
  const warnings: string[] = []
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return { ...(await importFiles(desk(flags, warnings), [{ file, bytes: async () => bytes }], () => {})), warnings }
}

export const fixture = (name: string): string => new URL(`../../fixtures/csv/${name}`, import.meta.url).pathname
