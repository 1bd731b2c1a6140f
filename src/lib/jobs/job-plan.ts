import type { YamlPath } from '../config/yaml-position.js'
import type { Expression } from './expression.js'
import type { Template } from './template.js'

export type Scalar = string | number | boolean

/** A word of a step's command line. */
export interface StepWord {
  readonly template: Template
  /** A switch whose value is only known when the step begins: the word is left out where this is not true. */
  readonly onlyIf?: Expression
  /** Where it stands in the job file. */
  readonly path: YamlPath
}

/** In which form a step's answer comes on its standard output. */
export type AnswerForm = 'json' | 'ndjson' | 'csv' | 'txt' | 'arrow'

/** One command line of a job: a step, or what a step's matrix makes of it. */
export interface PlannedStep {
  /** `curves`, or `curves.wti` where a matrix made it. */
  readonly id: string
  /** Its id in the job file. */
  readonly step: string
  readonly matrix: Readonly<Record<string, Scalar>> | null
  /** Command first, then arguments and flags, and what stands after `--`. */
  readonly words: readonly StepWord[]
  /** As people and documents see it: variables of the job filled in, those of the run left as they are written. */
  readonly command: readonly string[]
  /** `var:backtest` */
  readonly commandId: string
  readonly form: AnswerForm
  readonly needs: readonly string[]
  readonly when: Expression | null
  readonly whenText: string | null
  /** True where success() is implied: `when` names neither success(), failure() nor always(). */
  readonly gated: boolean
  readonly retries: number
  readonly retryDelayMs: number
  readonly timeoutMs: number | null
  readonly child: boolean
  readonly allowExit: readonly number[]
  /** Fingerprint of all that decides what it does. */
  readonly definition: string
  readonly line: number
}

/** A job that was checked: nothing in it is wrong that can be known before it runs. */
export interface JobPlan {
  readonly job: string
  readonly title: string
  readonly file: string
  readonly fileSha256: string
  /** Products whose last common settlement is `asOf`; null for all that the lake has. */
  readonly asOfProducts: readonly string[] | null
  readonly tradingDay: string | null
  readonly vars: Readonly<Record<string, Scalar>>
  /** In the order of the file. */
  readonly steps: readonly PlannedStep[]
}
