import { z } from 'zod'

const figure = z.number().nullable()

/** A figure over simulated paths. */
export const PathDistribution = z.strictObject({
  observed: figure.describe('Of the run itself'),
  observedPercentile: figure.describe('Share of the paths below it, ties by half, %'),
  mean: figure,
  sd: figure.describe('ddof 1'),
  p1: figure.describe('Quantiles are of type 7'),
  p5: figure,
  p10: figure,
  p25: figure,
  p50: figure,
  p75: figure,
  p90: figure,
  p95: figure,
  p99: figure,
  interval: z.strictObject({ low: figure, high: figure }).describe('Percentile interval at `level`'),
  paths: z.int().describe('Paths on which it is defined'),
})
