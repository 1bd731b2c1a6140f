import type { EpochDay } from '../kernel/day.js'

/** One column of an answer; all columns of a table have the same length. */
export type Column =
  | {
      readonly name: string
      readonly kind: 'text'
      readonly values: readonly (string | null)[]
      readonly header?: string
    }
  | {
      readonly name: string
      readonly kind: 'number'
      readonly values: ArrayLike<number | null>
      readonly header?: string
      /** Decimals on the terminal only, one for all rows or one for each; machine formats carry the canonical number. */
      readonly digits?: number | readonly number[]
      /** Print the sign of positive numbers on the terminal: changes, spreads, P&L. */
      readonly signed?: boolean
    }
  | {
      readonly name: string
      readonly kind: 'integer'
      readonly values: ArrayLike<number | null>
      readonly header?: string
    }
  | {
      readonly name: string
      readonly kind: 'date'
      readonly values: ArrayLike<EpochDay | null>
      readonly header?: string
    }
  | {
      readonly name: string
      readonly kind: 'boolean'
      readonly values: readonly (boolean | null)[]
      readonly header?: string
    }

/** `name` is the machine name in csv, ndjson and arrow; `header` is what a person reads. NaN is null. */
export interface Table {
  readonly columns: readonly Column[]
  readonly length: number
}
