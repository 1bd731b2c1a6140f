import { z } from 'zod'

const family = z.enum(['technical', 'fundamental', 'ml']).describe('Family of signals')
const direction = z.enum(['LONG', 'SHORT', 'NEUTRAL'])
const confidence = z.number().describe('0 to 100: how much there is to lean on; no probability')
const score = z.number().describe('−1 to 1: the sign is the direction, the size the strength')
const series = z.array(z.number().nullable())

const Missing = z.strictObject({
  name: z.string().describe('Signal'),
  family,
  reason: z.string().describe('Why it is not known'),
})

const SignalRow = z
  .strictObject({
    name: z.string().describe('As config/signals.yaml names it'),
    family,
    title: z.string().describe('What it is, in words'),
    direction,
    confidence: confidence.describe('0 to 100: 100 × strength × freshness of its data; no probability'),
    score,
    strength: z.number().describe('0 to 1: size of `score`'),
    value: z.number().describe('The number that the rule looks at, in `unit`'),
    unit: z.string().describe('Unit of `value`'),
    knownOn: z.string().describe('Latest day on which an input became known, YYYY-MM-DD; never after the decision day'),
    period: z
      .string()
      .nullable()
      .describe('What its last report is about, YYYY-MM-DD; null where it is made of prices'),
    weight: z.number().describe('Share of the composite, 0 to 1, after what is missing was left out'),
    numbers: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.number().nullable(),
          unit: z.string(),
          knownOn: z.string().describe('Day from which the number was known, YYYY-MM-DD'),
        }),
      )
      .describe('The other numbers that made it'),
    parameters: z.record(z.string(), z.number()).describe('Parameters that it was computed with'),
    reason: z.string().describe('The rule applied, in a sentence'),
  })
  .describe('What one signal says')

const FamilyRow = z
  .strictObject({
    family,
    weight: z.number().describe('As config/signals.yaml says'),
    share: z.number().describe('Share of the composite, 0 to 1; 0 where no signal of it is known'),
    score: z.number().nullable().describe('Weighted mean of its known signals, −1 to 1'),
    signals: z.int().describe('Signals of it that are known'),
    missing: z.int().describe('Signals of it that are not'),
    reason: z.string().nullable().describe('Why it has no part, and who has its weight'),
  })
  .describe('One family within the composite')

const Composite = z
  .strictObject({
    direction,
    confidence: confidence.describe('100 × min(1, |score| ÷ fullScore) × agreement; 0 where neutral'),
    score,
    agreement: z
      .number()
      .nullable()
      .describe('Share, by weight, of the signals with a direction that point where the score points; 0 to 1'),
    long: z.int().describe('Signals that say LONG'),
    short: z.int().describe('Signals that say SHORT'),
    neutral: z.int().describe('Signals that say NEUTRAL'),
    knownOn: z.string().describe('Latest day on which an input became known, YYYY-MM-DD'),
    families: z.array(FamilyRow),
    reason: z.string().describe('Direction, score and agreement in a sentence'),
    reasons: z.array(z.string()).describe('The signals that weigh most, each with its reason; then what was left out'),
  })
  .describe('All signals weighed together')

const History = z
  .strictObject({
    from: z.string().describe('First decision day, YYYY-MM-DD'),
    to: z.string().describe('Last decision day, YYYY-MM-DD'),
    dates: z.array(z.string()).describe('Decision days: the product settled on them'),
    settlement: z.array(z.number()).describe('Settlement of the contract held'),
    close: z
      .array(z.number())
      .describe('Settlements joined forward by contract-true changes: only differences have a meaning'),
    composite: z.strictObject({
      direction: z.array(direction.nullable()),
      score: series,
      confidence: series,
      agreement: series,
    }),
    signals: z
      .record(
        z.string(),
        z.strictObject({
          score: series,
          confidence: series,
          value: series,
          knownOn: z.array(z.string().nullable()),
        }),
      )
      .describe('By name of the signal; null where it was not known that day'),
  })
  .describe('What was said on each day, with what was known then')

const ProductSignals = z.strictObject({
  product: z.string().describe('Product key'),
  name: z.string().describe('The same in words'),
  unit: z.string().describe('Unit of its prices'),
  date: z.string().describe('Decision day: the last settlement on or before asOf, YYYY-MM-DD'),
  contract: z.string().describe('Contract held: CLG24'),
  settlement: z.number().describe('Its settlement'),
  series: z.string().describe('How settlements were joined'),
  composite: Composite,
  signals: z.array(SignalRow).describe('Those that are known, in the order of docs/signals.md'),
  missing: z.array(Missing),
  history: History.nullable().describe('null without --history'),
  simulated: z.boolean().describe('Made by the simulator'),
})
export type ProductSignals = z.infer<typeof ProductSignals>

export const SignalsData = z
  .strictObject({
    product: z.string().nullable().describe('Product key; null where several were asked for'),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    date: z.string().nullable(),
    contract: z.string().nullable(),
    settlement: z.number().nullable(),
    series: z.string().nullable(),
    composite: Composite.nullable().describe('null where several products were asked for'),
    signals: z.array(SignalRow).describe('Empty where several products were asked for'),
    missing: z.array(Missing),
    history: History.nullable(),
    simulated: z.boolean(),
    products: z.array(ProductSignals).nullable().describe('null where one product was asked for'),
    skipped: z
      .array(z.strictObject({ product: z.string(), reason: z.string() }))
      .describe('Products that were asked for and have no answer'),
    assumptions: z.strictObject({
      families: z.record(z.string(), z.number()).describe('Weights of the families'),
      threshold: z.number().describe('A composite score nearer to 0 is NEUTRAL'),
      fullScore: z.number().describe('Score from which confidence is the agreement alone'),
      roll: z.string().describe('When joined settlements move to the next contract'),
    }),
  })
  .describe('Signals of a product with reasons, and their composite')

export type SignalsData = z.infer<typeof SignalsData>
