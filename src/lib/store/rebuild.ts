import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type Database from 'better-sqlite3'
import { ContangoError } from '../kernel/errors.js'
import { yieldNow } from '../runtime/yield-now.js'
import { putFile } from './catalogue.js'
import { fingerprint } from './fingerprint.js'
import { lakePath } from './lake-path.js'
import { datasetOf, lakeColumns } from './layout.js'
import { openLakeFile, readLakeColumns } from './parquet-read.js'
import type { LakeFileInfo, Rebuilt } from './types.js'

/** Every file under lake/, relative to the data folder, in order. */
export function lakeFiles(dataDir: string): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) =>
        entry.isDirectory() ? walk(join(folder, entry.name)) : [relative(dataDir, join(folder, entry.name))],
      )
  return existsSync(join(dataDir, 'lake')) ? walk(join(dataDir, 'lake')) : []
}

/** What the catalogue should say of a file, read from the file alone. */
export async function describeLakeFile(dataDir: string, path: string): Promise<LakeFileInfo> {
  const file = await openLakeFile(dataDir, path)
  const { meta } = file
  if (lakePath(meta.kind, meta.name, meta.source, meta.part) !== path) {
    throw new ContangoError(
      'refused',
      'LAKE_FILE_MISPLACED',
      `${path} says it is ${meta.kind} ${meta.name} from ${meta.source}`,
      'move it back to where it was',
    )
  }
  const columns = lakeColumns(datasetOf(meta, await readLakeColumns(path, file, file.columnNames, -Infinity, Infinity)))
  const days = columns[0].values
  return {
    kind: meta.kind,
    name: meta.name,
    source: meta.source,
    part: meta.part ?? '',
    simulated: meta.simulated,
    unit: meta.unit,
    rows: file.rows,
    first: days[0],
    last: days[days.length - 1],
    sha256: fingerprint(columns),
    path,
  }
}

/** Fills the catalogue from the files; the caller holds the lock. */
export async function rebuildCatalogue(dataDir: string, db: Database.Database, signal: AbortSignal): Promise<Rebuilt> {
  const found: LakeFileInfo[] = []
  const skipped: string[] = []
  for (const path of lakeFiles(dataDir)) {
    try {
      found.push(await describeLakeFile(dataDir, path))
    } catch (error) {
      if (!(error instanceof ContangoError)) throw error
      skipped.push(path)
    }
    await yieldNow(signal)
  }
  db.transaction(() => {
    db.prepare('DELETE FROM datasets').run()
    for (const info of found) putFile(db, info)
  }).immediate()
  return { datasets: found.length, skipped }
}
