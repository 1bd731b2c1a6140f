import type Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import { yieldNow } from '../runtime/yield-now.js'
import { listFiles, pendingWrites } from './catalogue.js'
import { fingerprint } from './fingerprint.js'
import { lakePath, parseLakePath } from './lake-path.js'
import { datasetOf, lakeColumns } from './layout.js'
import { openLakeFile, readLakeColumns } from './parquet-read.js'
import { describeLakeFile, lakeFiles } from './rebuild.js'
import { waitingTicks } from './recording.js'
import type { CheckedDataset, LakeCheck, LakeFileInfo, LakeProblem } from './types.js'

/**
 * Holds the catalogue against the files: each listed file exists, decodes, is what it says and has the fingerprint that
 * the catalogue knows; no other file lies in the lake. Only datasets that `wanted` takes are opened.
 */
export async function checkLake(
  dataDir: string,
  db: Database.Database | null,
  interrupted: boolean,
  wanted: (name: string) => boolean,
  signal: AbortSignal,
): Promise<LakeCheck> {
  const problems: LakeProblem[] = []
  const datasets: CheckedDataset[] = []
  const listed = db ? listFiles(db) : []
  const staged = new Map(db ? pendingWrites(db).map((write) => [write.info.path, write.staged]) : [])
  for (const info of listed) {
    if (!wanted(info.name)) continue
    const checked = await checkFile(dataDir, info, staged.get(info.path))
    if ('problem' in checked) problems.push(checked)
    else datasets.push(checked)
    await yieldNow(signal)
  }
  const known = new Set(listed.map((info) => info.path))
  for (const path of lakeFiles(dataDir)) {
    if (known.has(path)) continue
    const parsed = parseLakePath(path)
    if (!wanted(parsed?.name ?? '')) continue
    problems.push(
      parsed
        ? await unlisted(dataDir, path)
        : { path, problem: 'foreign', message: 'it is no lake file; move it away' },
    )
    await yieldNow(signal)
  }
  if (interrupted) {
    problems.push({
      path: '.staging',
      problem: 'interrupted',
      message: 'a write was interrupted; the next write, or contango data check --rebuild, puts it right',
    })
  }
  for (const { path, rows } of waitingTicks(dataDir)) {
    problems.push(
      rows === null
        ? { path, problem: 'damaged', message: 'the recording cannot be read; move it away' }
        : {
            path,
            problem: 'interrupted',
            message: `${rows} ticks of a killed quotes --record wait; contango data ls, or any other command that reads ticks, takes them in`,
          },
    )
  }
  return { datasets, problems }
}

async function checkFile(
  dataDir: string,
  info: LakeFileInfo,
  staged: string | undefined,
): Promise<CheckedDataset | LakeProblem> {
  const { path } = info
  try {
    const file = await openLakeFile(dataDir, path, staged)
    const { meta } = file
    if (lakePath(meta.kind, meta.name, meta.source, meta.part) !== path) {
      return { path, problem: 'misplaced', message: `it says it is ${meta.kind} ${meta.name} from ${meta.source}` }
    }
    const columns = datasetOf(meta, await readLakeColumns(path, file, file.columnNames, -Infinity, Infinity))
    const sha256 = fingerprint(lakeColumns(columns))
    if (sha256 !== info.sha256 || meta.unit !== info.unit || meta.simulated !== info.simulated) {
      return {
        path,
        problem: 'changed',
        message: `its content (${sha256.slice(0, 12)}, ${meta.unit}) is not what the catalogue knows (${info.sha256.slice(0, 12)}, ${info.unit})`,
      }
    }
    return { info, columns }
  } catch (error) {
    return problemOf(path, error)
  }
}

/** A file that the catalogue does not know: one that a rebuild would take in, or not even that. */
async function unlisted(dataDir: string, path: string): Promise<LakeProblem> {
  try {
    await describeLakeFile(dataDir, path)
    const message = 'the catalogue does not know it; contango data check --rebuild takes it in'
    return { path, problem: 'orphan', message }
  } catch (error) {
    return problemOf(path, error)
  }
}

function problemOf(path: string, error: unknown): LakeProblem {
  if (!(error instanceof ContangoError)) throw error
  const message = error.message.replace(`${path} `, '').replace('is not a sound lake file: ', '')
  if (error.code === 'LAKE_FILE_MISPLACED') return { path, problem: 'misplaced', message }
  const missing = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  return { path, problem: missing ? 'missing' : 'damaged', message }
}
