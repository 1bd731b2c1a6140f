import type { Provenance } from '../market/dataset.js'

/** A config file that was read: part of what an answer depends on. */
export interface ConfigInput {
  /** `config/instruments.yaml` */
  readonly config: string
  readonly sha256: string
}

export type InputRecord = Provenance | ConfigInput

const keyOf = (input: InputRecord): string =>
  'config' in input ? `~${input.config}` : `${input.kind}\0${input.series}\0${input.source}\0${input.sha256}`

/** Each input once, series before config files, in an order that does not depend on who read first. */
export function orderedInputs(inputs: Iterable<InputRecord>): InputRecord[] {
  const byKey = new Map([...inputs].map((input) => [keyOf(input), input]))
  return [...byKey.keys()].sort().map((key) => byKey.get(key)!)
}
