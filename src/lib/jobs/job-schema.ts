import { z } from 'zod'
import { durationMs } from './duration.js'

const MAX_TIMEOUT_MS = 7 * 24 * 3_600_000
/** Also the name of a file in the folder of a run. */
const ID = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/

const scalar = z.union([z.string(), z.number(), z.boolean()])
const name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'a name is letters, digits, "_" and "-", and begins with a letter')
const stepId = z.string().regex(ID, 'an id is 1 to 64 letters, digits, "_" and "-"')

const duration = (about: string, leastMs: number): z.ZodType<string | number> =>
  z
    .union([z.number(), z.string()])
    .refine((input) => {
      const ms = durationMs(input)
      return ms !== null && ms >= leastMs && ms <= MAX_TIMEOUT_MS
    }, 'is a number of seconds, or 500ms, 30s, 5m, 1h; at most seven days')
    .describe(`${about}: seconds, or 500ms, 30s, 5m, 1h`)

const exitCode = z.int().min(1).max(255)

const StepSchema = z.strictObject({
  id: stepId.describe('Unique; needs and variables name the step by it'),
  command: z
    .union([z.string().min(1), z.array(scalar).min(1)])
    .describe(
      'A contango command without "contango": one line, split at spaces outside quotes, or a list of words. No shell',
    ),
  with: z
    .record(z.string(), z.union([scalar, z.null(), z.array(scalar)]))
    .optional()
    .describe('Flags by name without dashes, and arguments by name; true is a flag without a value, a list repeats it'),
  needs: z
    .union([stepId, z.array(stepId)])
    .optional()
    .describe('Steps that come before; a step with a matrix stands for all it makes'),
  when: z
    .union([z.string().min(1), z.boolean()])
    .optional()
    .describe(
      'An expression; the step is skipped where it is not true. success() is implied unless it says success(), failure() or always()',
    ),
  retries: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('How often it is tried again after a failure; exit 10 is an answer, not a failure'),
  'retry-delay': duration('Wait before the first retry, doubled for each one after, 1 s by default', 0).optional(),
  timeout: duration('What one attempt may take; then SIGTERM and SIGKILL', 1).optional(),
  'allow-exit': z
    .union([exitCode, z.array(exitCode)])
    .optional()
    .describe('Exit codes after which the steps that need this one run all the same; the job still ends with them'),
  child: z
    .boolean()
    .optional()
    .describe('true runs it in a process of its own, beside the others; a timeout implies it'),
  matrix: z
    .record(name, z.array(scalar).min(1))
    .optional()
    .describe('Lists by name: the step is made once for each combination, with ${{ matrix.NAME }}'),
})
export type StepInput = z.output<typeof StepSchema>

/** A job file. */
export const JobSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1).max(200).optional().describe('Shown with the job; the ledger calls a job by its file'),
  title: z.string().min(1).max(200).optional().describe('Same as name'),
  description: z.string().optional(),
  'as-of': z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe(
      'Products whose last common settlement is ${{ asOf }}; all that the lake has by default. --as-of goes before it',
    ),
  'if-trading-day': z.string().optional().describe('Calendar; on other days the job ends with 0 and runs nothing'),
  vars: z.record(name, scalar).optional().describe('Variables with their defaults: ${{ vars.NAME }}, --var NAME=VALUE'),
  steps: z.array(StepSchema).min(1, 'a job has one step at least').max(500),
})
export type JobInput = z.output<typeof JobSchema>
