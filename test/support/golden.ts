import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Path of a file of peers' figures under test/fixtures/goldens. */
export function goldenFile(relative: string): string {
  return fileURLToPath(new URL(`../fixtures/goldens/${relative}`, import.meta.url))
}

/** The `data` of one file of peers' figures. */
export function golden<T>(relative: string): T {
  return (JSON.parse(readFileSync(goldenFile(relative), 'utf8')) as { data: T }).data
}

/** Columns of a CSV of peers' inputs, as numbers. */
export function goldenColumns(relative: string): Record<string, Float64Array> {
  const [header, ...lines] = readFileSync(goldenFile(relative), 'utf8').trim().split(/\r?\n/)
  const names = header.split(',')
  const rows = lines.map((line) => line.split(',').map(Number))
  return Object.fromEntries(names.map((name, j) => [name, Float64Array.from(rows, (row) => row[j])]))
}
