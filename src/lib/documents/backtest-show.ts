import { z } from 'zod'
import { BacktestData } from './backtest.js'

export const BacktestShowData = BacktestData.extend({
  run: z
    .strictObject({
      id: z.string().nullable().describe('First 12 hex digits of the sha256 of its document; null for a file'),
      file: z.string().nullable().describe('Base name of a result file; null for a kept run'),
      sha256: z.string().describe('Of the document'),
      params: z.record(z.string(), z.unknown()).describe('What was asked, as its own document has it'),
    })
    .describe('Where it comes from'),
}).describe('A back-test that was kept, as it was answered then')
export type BacktestShowData = z.infer<typeof BacktestShowData>
