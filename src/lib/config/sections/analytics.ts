import { z } from 'zod'
import { defineSection } from '../define-section.js'

export const section = defineSection('analytics', 'analytics.yaml', () => {
  const settlements = z.int().min(1).max(2520)

  return z.strictObject({
    carry: z
      .strictObject({
        financingRate: z.number().min(0).max(1).describe('Simple interest a year, as a fraction'),
        storageUsdPerBbl: z.number().min(0).max(100).describe('USD/bbl for each storagePeriodDays'),
        storagePeriodDays: z.number().positive().max(366).describe('Days that storageUsdPerBbl pays for'),
      })
      .describe('Cost of holding a barrel'),
    curveRanks: z.int().min(2).max(120).describe('Structure and slope look at ranks 1 to this one'),
    changes: z.strictObject({
      fiveDaySettlements: settlements,
      oneMonthSettlements: settlements,
      oneYearSettlements: settlements,
    }),
    volatility: z.strictObject({
      window: z.int().min(2).max(2520).describe('Daily returns in the realised volatility'),
      daysPerYear: z.int().min(200).max(366).describe('Annualisation'),
    }),
    rangeWindow: z.int().min(2).max(2520).describe('Settlements in the range'),
    seasonal: z.strictObject({
      years: z.int().min(1).max(30).describe('Previous years'),
      days: z.int().min(0).max(45).describe('Calendar days on either side of the same date'),
    }),
    maxStaleDays: z.int().min(0).max(365).describe('Calendar days before the asked date that a settlement may lie'),
  })
})

export type AnalyticsConfig = z.output<(typeof section)['schema']>
