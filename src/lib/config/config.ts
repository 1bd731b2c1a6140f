import type { Instrument } from '../market/instrument.js'

/**
 * The configuration of a run. Each section is one YAML file of the workspace's `config/`, else the built-in one;
 * it is read, validated and frozen on first touch, so that a command pays only for what it uses.
 */
export interface Config {
  readonly instruments: readonly Instrument[]
}
