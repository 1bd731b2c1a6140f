import { z } from 'zod'

const parts = {
  carryUsd: z.number().describe('Ageing by the days between the two settlements along the earlier day’s curve'),
  levelUsd: z.number().describe('Parallel move of the benchmark’s curve, the same USD/bbl for every oil product'),
  slopeUsd: z.number().describe('Tilt of the product’s own curve'),
  curvatureUsd: z.number().describe('Bend of the product’s own curve'),
  spreadUsd: z.number().describe('Level of the product’s curve beyond the benchmark’s: cracks, locations, basis'),
  residualUsd: z.number().describe('The contract’s own move: what the parts above do not explain'),
}

export const PnlPosition = z.strictObject({
  position: z.string(),
  contract: z.string(),
  product: z.string(),
  strategy: z.string(),
  lots: z.int().describe('Held overnight'),
  previousSettlement: z.number().describe('Of this contract on `previousDate`, in its quote'),
  settlement: z.number(),
  pnlUsd: z.number().describe('lots × multiplier × (settlement − previousSettlement); the parts add up to it'),
  ...parts,
})
export type PnlPosition = z.infer<typeof PnlPosition>

export const PnlData = z
  .strictObject({
    book: z.string(),
    title: z.string(),
    date: z.string().describe('YYYY-MM-DD'),
    previousDate: z.string().describe('The last day before on which every product of the book settled'),
    elapsedDays: z.int().describe('Calendar days between them'),
    actualUsd: z.number().describe('hypotheticalUsd + newTradesUsd + costsUsd: what the day brought'),
    hypotheticalUsd: z.number().describe('The overnight positions at the two settlements, no trades and no costs'),
    explain: z
      .strictObject({
        ...parts,
        newTradesUsd: z.number().describe('Trades of the day from their price to the settlement'),
        costsUsd: z.number().describe('Of trades and rolls, ≤ 0'),
      })
      .describe('Adds up to actualUsd'),
    residualShare: z
      .number()
      .nullable()
      .describe('|residualUsd| ÷ |hypotheticalUsd|; above 0.05 is a warning; null where nothing was earned'),
    capitalUsd: z.number().nullable(),
    pnlToCapital: z.number().nullable().describe('actualUsd ÷ capitalUsd'),
    positions: z.array(PnlPosition).describe('Held overnight and priced on both days'),
    byProduct: z.array(z.strictObject({ product: z.string(), pnlUsd: z.number(), ...parts })),
    trades: z
      .array(
        z.strictObject({
          contract: z.string(),
          lots: z.int().describe('Bought is positive'),
          price: z.number().describe('Of the trade; the settlement where none was given'),
          priceGiven: z.boolean(),
          pnlUsd: z.number().describe('lots × multiplier × (settlement − price)'),
        }),
      )
      .describe('Of --trade'),
    rolls: z
      .array(
        z.strictObject({ position: z.string(), from: z.string(), to: z.string(), lots: z.int(), costUsd: z.number() }),
      )
      .describe('Ranks that moved to their next contract after the settlement of `previousDate`'),
    notPriced: z
      .array(z.strictObject({ position: z.string(), reason: z.string() }))
      .describe('Positions without a settlement on one of the days: not in any figure'),
    curves: z
      .array(
        z.strictObject({
          product: z.string(),
          unit: z.string(),
          level: z.number().describe('Mean move of the fitted contracts at constant maturity, in `unit`'),
          slopePerYear: z.number().describe('Change of the curve’s slope, `unit` a year of maturity'),
          fitted: z.int().describe('Contracts behind the fit: ranks 1 to 12 outside the delivery window'),
        }),
      )
      .describe('What moved'),
    assumptions: z.strictObject({
      benchmark: z.string().nullable().describe('Whose level is the level of the oil market'),
      ranks: z.int(),
      deliveryWindowDays: z
        .int()
        .describe('Business days to the last trading day within which a contract is not fitted'),
      costUsdPerLot: z.number().describe('A lot and side; a roll pays two sides'),
    }),
  })
  .describe('What a book earned on one day, and why')
export type PnlData = z.infer<typeof PnlData>
