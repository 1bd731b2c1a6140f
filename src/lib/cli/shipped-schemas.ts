import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContangoError } from '../kernel/errors.js'
import { closest } from './closest.js'

export interface ShippedSchema {
  /** `curve` */
  readonly name: string
  /** `contango.curve/1` */
  readonly schema: string
  readonly file: string
}

/** The JSON Schemas that ship with the package, by name. */
export function shippedSchemas(packageRoot: string): ShippedSchema[] {
  return readdirSync(join(packageRoot, 'schemas'))
    .filter((file) => file.endsWith('.schema.json'))
    .sort()
    .map((file) => {
      const match = /^contango\.([a-z-]+)\.(\d+)\.schema\.json$/.exec(file)
      if (!match) throw new ContangoError('bug', 'BUG', `schemas/${file} has an unexpected name`)
      return { name: match[1], schema: `contango.${match[1]}/${match[2]}`, file }
    })
}

/** By `curve`, `curve/1` or `contango.curve/1`. */
export function findSchema(packageRoot: string, asked: string): ShippedSchema & { readonly text: string } {
  const all = shippedSchemas(packageRoot)
  const wanted = asked
    .trim()
    .replace(/^contango\./, '')
    .replaceAll(' ', '-')
  const found = all.find((one) => one.name === wanted || one.schema === `contango.${wanted}`)
  if (!found) {
    const near = closest(
      wanted,
      all.map((one) => one.name),
    )
    throw new ContangoError(
      'usage',
      'UNKNOWN_SCHEMA',
      `there is no schema "${asked}"`,
      `contango schema${near === null ? '' : ` ${near}`}`,
      { name: asked },
    )
  }
  return { ...found, text: readFileSync(join(packageRoot, 'schemas', found.file), 'utf8') }
}
