import { z } from 'zod'

/** The kinds of dataset that the lake holds. */
export const DatasetKind = z.enum(['bars', 'curves', 'intraday', 'series', 'ticks'])
