import type { z } from 'zod'
import type { SectionDefinition, SectionVariable } from './load-section.js'

/** A section whose schema is built when it is first looked at: a command pays for the files that it reads, not for all. */
export interface Section<Schema extends z.ZodType> extends SectionDefinition {
  readonly schema: Schema
}

/**
 * What `sections/<name>.ts` exports as `section`.
 * @param file base name inside `config/`: `instruments.yaml`
 * @param build makes the schema, once
 * @param env environment variables that override single numbers of the file
 */
export function defineSection<Schema extends z.ZodType>(
  name: string,
  file: string,
  build: () => Schema,
  env: readonly SectionVariable[] = [],
): Section<Schema> {
  let built: Schema | null = null
  return {
    name,
    file,
    env,
    get schema() {
      return (built ??= build())
    },
  }
}
