import { Flags } from '@oclif/core'
import { FORMATS, type Format } from './formats.js'
import { flags } from './flags.js'

const group = 'GLOBAL'

/** The flags that every command takes. */
export const globalFlags = {
  format: Flags.option({ options: FORMATS })({ char: 'f', summary: 'Form of the answer.', helpGroup: group }),
  json: Flags.boolean({ summary: 'Same as --format json.', helpGroup: group }),
  output: Flags.string({
    char: 'o',
    helpValue: 'FILE',
    summary: 'Write the answer to FILE; its ending picks the form, "-" is stdout.',
    helpGroup: group,
  }),
  'as-of': flags.date({ summary: 'Nothing that became known after this day is used.', helpGroup: group }),
  seed: flags.integer({
    default: 1,
    min: 0,
    max: 2_147_483_647,
    summary: 'Seed of every random number.',
    helpGroup: group,
  }),
  strict: Flags.boolean({ summary: 'Refuse instead of warn where data is bad (exit 6).', helpGroup: group }),
  quiet: Flags.boolean({ char: 'q', summary: 'Only errors on stderr.', exclusive: ['verbose'], helpGroup: group }),
  verbose: Flags.boolean({ char: 'v', summary: 'Timing and log lines on stderr.', helpGroup: group }),
  color: Flags.boolean({ default: true, allowNo: true, summary: 'Colour on a terminal.', helpGroup: group }),
  home: Flags.string({ helpValue: 'DIR', summary: 'The workspace folder.', helpGroup: group }),
  'lock-wait-seconds': flags.number({
    min: 0,
    max: 86_400,
    summary: 'How long a writer waits for the lock.',
    helpGroup: group,
  }),
}

/** What a command that draws declares as its `baseFlags`; its `answer` then returns `chart`. */
export const chartingFlags = {
  ...globalFlags,
  chart: Flags.boolean({ summary: 'Draw the answer into -o NAME.svg, .png, .html or .vl.json.', helpGroup: group }),
}

/** The global flags as a command line gives them. */
export interface GlobalFlags {
  readonly format?: Format
  readonly json: boolean
  readonly output?: string
  readonly chart?: boolean
  readonly 'as-of'?: number
  readonly seed: number
  readonly strict: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean
  readonly home?: string
  readonly 'lock-wait-seconds'?: number
}
