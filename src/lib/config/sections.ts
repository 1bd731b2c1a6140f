import type { z } from 'zod'
import type { Instrument } from '../market/instrument.js'
import type { SectionDefinition } from './load-section.js'

const registry = {} as const satisfies Readonly<Record<string, SectionDefinition>>

/** Every section by its name: the properties of `Config`. A new section is one import and one entry above. */
export const sections: Readonly<Record<string, SectionDefinition>> = registry

export type SectionValues = {
  readonly [Name in keyof typeof registry]: z.output<(typeof registry)[Name]['schema']>
} & { readonly instruments: readonly Instrument[] }
