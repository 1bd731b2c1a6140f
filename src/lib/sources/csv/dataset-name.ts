import { seriesFactsOf } from '../../market/publication.js'
import type { ImportDesk } from './import-request.js'
import { refusal, shown } from './refusals.js'

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/

/** A name becomes a folder of the lake. */
export function checkedName(file: string, name: string): string {
  if (NAME.test(name)) return name
  throw refusal(
    'NAME_INVALID',
    `${file}: ${shown(name)} cannot name a dataset: 1 to 64 letters, digits, ".", "_" and "-", no leading dot`,
    'contango fetch csv FILE --map FROM=TO renames a column; --series NAME or --symbol NAME names a single one',
    { file, name: name.slice(0, 80) },
  )
}

/** Base name without its ending. */
export function stemOf(file: string): string {
  return file.replace(/\.[A-Za-z0-9]+$/, '')
}

/**
 * What a file calls itself: its entry in `files` of config/publications.yaml, or a base name that is a known series id,
 * after `eia_` or `fred_` too.
 */
export function nameFromFile({ publications }: ImportDesk, file: string): string | null {
  const stem = stemOf(file)
  const entry = Object.keys(publications.files).find((name) => name.toLowerCase() === stem.toLowerCase())
  if (entry !== undefined) return publications.files[entry]
  for (const candidate of [stem, stem.replace(/^(eia|fred)_/i, '')]) {
    if (seriesFactsOf(publications, candidate) !== null) return candidate
  }
  return null
}
