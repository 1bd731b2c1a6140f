import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ContangoError } from '../../kernel/errors.js'
import type { PrintedAnswer } from './daily-documents.js'
import type { NotAvailable } from './quality-blocks.js'

const LARGEST_DEPTH = 2

/** The documents in a folder, such as that of a job's run; what is no document of contango is passed over. */
export async function readAnswers(
  folder: string,
  name: string,
): Promise<{ answers: PrintedAnswer[]; notAvailable: NotAvailable[] }> {
  const answers: PrintedAnswer[] = []
  const notAvailable: NotAvailable[] = []
  for (const file of await jsonFiles(folder, name, LARGEST_DEPTH)) {
    const text = await readFile(file, 'utf8')
    const value = parsed(text)
    if (typeof value?.['schema'] !== 'string' || !value['schema'].startsWith('contango.')) continue
    if (value['ok'] === true) answers.push(value as unknown as PrintedAnswer) // the envelope of every answer
    else if (value['schema'] === 'contango.error/1') {
      const { message } = value['error'] as { message: string }
      notAvailable.push({ what: file.slice(folder.length + 1).replace(/\.json$/, ''), reason: message })
    }
  }
  if (answers.length === 0) {
    throw new ContangoError(
      'noData',
      'NO_DOCUMENTS',
      `${name} holds no document of contango`,
      'a folder with the --json answers of positions, pnl, var, stress, limits check …',
      { folder: name },
    )
  }
  return { answers, notAvailable }
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown> | null
  } catch {
    return null
  }
}

async function jsonFiles(folder: string, name: string, depth: number): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const files: string[] = []
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isFile() && entry.name.endsWith('.json')) files.push(path)
      else if (entry.isDirectory() && depth > 1) files.push(...(await jsonFiles(path, name, depth - 1)))
    }
    return files
  } catch (error) {
    throw new ContangoError(
      'usage',
      'NO_FOLDER',
      `${name} is no folder that can be read`,
      'give the folder of a run: data/runs/ID',
      { folder: name },
      { cause: error },
    )
  }
}
