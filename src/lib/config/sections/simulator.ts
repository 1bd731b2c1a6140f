import { z } from 'zod'
import { dayFromIso } from '../../kernel/day.js'
import { defineSection } from '../define-section.js'

/** The weekly series that the crude balance is made of; the others may come and go. */
const BALANCE_IDS = ['WCESTUS1', 'WPULEUS3', 'WCRFPUS2', 'WCREXUS2'] as const

/** `config/simulator.yaml`: the simulated market of `fetch sim`. */
export const section = defineSection('simulator', 'simulator.yaml', () => {
  const day = z.string().transform((text, context) => {
    const parsed = dayFromIso(text)
    if (parsed === null) {
      context.addIssue({ code: 'custom', message: `"${text}" is not a date as YYYY-MM-DD` })
      return z.NEVER
    }
    return parsed
  })

  const positive = z.number().positive()

  const fraction = z.number().min(0).max(1)

  /** An AR(1) coefficient: below 1, else the deviation never comes back. */
  const persistence = z.number().min(0).lt(1)

  const monthly = z.array(z.number()).length(12)

  const jumps = z.strictObject({ perYear: z.number().min(0).max(50), mean: z.number(), sd: z.number().min(0) })

  const garch = z
    .strictObject({
      omega: positive,
      alpha: z.number().min(0),
      gamma: z.number(),
      beta: z.number().min(0),
      nu: z.number().gt(2),
    })
    .refine(({ alpha, gamma, beta }) => alpha + beta + gamma / 2 < 1 && alpha + gamma >= 0, {
      message: 'alpha + beta + gamma / 2 must be below 1 and alpha + gamma not negative',
    })

  const driver = z.strictObject({
    startPrice: positive,
    startChi: z.number().min(-2).max(2),
    longRunPrice: positive,
    kappaPerYear: positive,
    sigmaChi: positive,
    sigmaXi: positive,
    lambdaChi: z.number(),
    muXiStar: z.number(),
    pullPerYear: z.number().min(0).max(50),
    leader: z.literal('CL').nullable(),
    oilRegime: z.boolean(),
    garch,
    oilJumpShare: z.number().min(0),
    ownJumps: jumps,
    season: monthly,
  })

  const tied = z.strictObject({
    to: z.enum(['CL', 'BRN', 'HO', 'RB', 'NG']),
    factor: positive,
    basisMean: z.number(),
    basisSd: z.number().min(0),
    basisPersistence: persistence,
  })

  const activity = z.strictObject({
    openInterestLots: positive,
    volumeLots: positive,
    juneBoost: positive,
    decemberBoost: positive,
    ranks: z.number().int().min(1).max(36),
  })

  const weekly = z
    .strictObject({
      unit: z.string(),
      base: positive,
      trendPerYear: z.number(),
      trendFromYears: z.number(),
      trendToYears: z.number(),
      season: monthly,
      changeSd: z.number().min(0),
      persistence,
      noiseSd: z.number().min(0),
      elasticity: z.number(),
      driver: z.enum(['CL', 'BRN', 'HO', 'RB', 'NG']),
      floor: z.number(),
      cap: z.number(),
      decimals: z.number().int().min(0).max(2),
    })
    .refine(({ trendFromYears, trendToYears, floor, cap }) => trendFromYears <= trendToYears && floor < cap, {
      message: 'trendFromYears must not be after trendToYears, and floor must be below cap',
    })

  const positioning = z.strictObject({
    openInterestLots: positive,
    netMeanFraction: z.number().min(-1).max(1),
    momentum: z.number(),
    grossFraction: fraction,
    changeSdFraction: z.number().min(0),
    persistence,
    managedMoneyShare: fraction,
  })

  return z
    .strictObject({
      start: day,
      end: day,
      defaultStart: day,
      defaultEnd: day,
      tradingDaysPerYear: z.number().min(200).max(366),
      rho: z.number().gt(-1).lt(1),
      correlation: z
        .array(z.array(z.number().min(-1).max(1)).length(5))
        .length(5)
        .refine(
          (rows) => rows.every((row, i) => row.every((value, j) => value === rows[j][i] && (i !== j || value === 1))),
          {
            message: 'correlation must be symmetric with ones on the diagonal, in the order CL BRN HO RB NG',
          },
        ),
      varianceCap: z.number().gt(1),
      oilJumps: jumps,
      regime: z.strictObject({ chiTight: z.number(), chiLoose: z.number(), meanYears: positive }),
      overnightVarianceShare: z.number().gt(0).lt(1),
      drivers: z.strictObject({ CL: driver, BRN: driver, HO: driver, RB: driver, NG: driver }),
      tied: z.strictObject({ BZ: tied, DBI: tied, LGO: tied }),
      activity: z.strictObject({
        CL: activity,
        BRN: activity,
        BZ: activity,
        RB: activity,
        HO: activity,
        LGO: activity,
        NG: activity,
        DBI: activity,
      }),
      weekly: z
        .record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), weekly)
        .refine((all) => BALANCE_IDS.every((id) => id in all), {
          message: `the crude balance needs ${BALANCE_IDS.join(', ')}`,
        }),
      balance: z.strictObject({
        refiningCapacityKbPerDay: positive,
        adjustmentSdKbPerDay: z.number().min(0),
        adjustmentShareOfBuild: fraction,
      }),
      positioning: z.strictObject({
        CL: positioning.optional(),
        RB: positioning.optional(),
        HO: positioning.optional(),
        NG: positioning.optional(),
      }),
    })
    .refine((it) => it.start <= it.defaultStart && it.defaultStart < it.defaultEnd && it.defaultEnd <= it.end, {
      message: 'start, defaultStart, defaultEnd and end must ascend',
    })
})

export type SimulatorSection = z.output<(typeof section)['schema']>
