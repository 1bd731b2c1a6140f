import type { z } from 'zod'
import type { Instrument } from '../market/instrument.js'

/** One file of `config/`: what `sections/<name>.ts` exports as `section`. */
export interface SectionDefinition {
  readonly name: string
  /** Base name inside `config/`: `instruments.yaml`. */
  readonly file: string
  readonly schema: z.ZodType
}

/** Every section by its name: the properties of `Config`. */
export const sections = {} as const satisfies Readonly<Record<string, SectionDefinition>>

export type SectionName = keyof typeof sections

export interface SectionValues {
  readonly instruments: readonly Instrument[]
}
