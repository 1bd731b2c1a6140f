import { z } from 'zod'
import { DatasetKind } from './parts/dataset-kind.js'

const day = z.string().nullable().describe('YYYY-MM-DD; null where there is none')

export const FetchBloombergData = z
  .strictObject({
    transport: z
      .enum(['http', 'bridge', 'none'])
      .describe('How Bloomberg is reached: blpapi-http or the Python bridge'),
    dryRun: z.boolean().describe('Nothing was asked: `planned` lists what would be'),
    datasets: z
      .array(
        z.strictObject({
          kind: DatasetKind.describe('Settlements by contract, or front-month bars'),
          name: z.string().describe('Product: CL, BRN …'),
          unit: z.string().describe('Unit of the prices in the lake'),
          tickers: z.int().describe('Bloomberg tickers that answered with values'),
          added: z.int().describe('Rows that the lake did not hold'),
          revised: z.int().describe('Rows whose value differs from what the lake held'),
          dropped: z.int().describe('Rows that the quality gate refused; warnings name them'),
          rows: z.int().describe('Rows of the dataset in the lake'),
          first: day.describe('First day in the lake'),
          last: day.describe('Last day in the lake'),
          sha256: z.string().nullable().describe('Fingerprint of the whole dataset in the lake'),
        }),
      )
      .describe('What was written, in the order of the request'),
    intraday: z
      .array(
        z.strictObject({
          ticker: z.string().describe('CL1 Comdty'),
          intervalMinutes: z.int().describe('Length of a bar'),
          name: z.string().describe('Dataset of kind intraday in the lake: CL1_Comdty_5m'),
          bars: z.int().describe('Bars of the answer that are over'),
          added: z.int().describe('Bars that the lake did not have'),
          revised: z.int().describe('Bars that it had with other numbers'),
          dropped: z.int().describe('Bars that the quality gate refused'),
          first: z.string().nullable().describe('Start of the first bar, ISO 8601 in UTC'),
          last: z.string().nullable().describe('Start of the last bar, ISO 8601 in UTC'),
        }),
      )
      .describe('Bars within the day, of --what intraday'),
    reference: z
      .array(
        z.strictObject({
          ticker: z.string().describe('Generic ticker: CL1 Comdty'),
          product: z.string().describe('CL, BRN …'),
          contract: z.string().nullable().describe('Contract behind it: CLZ26'),
          lastTradingDay: day.describe('LAST_TRADEABLE_DT'),
          firstNoticeDay: day.describe('FUT_NOTICE_FIRST'),
          contractSize: z.number().nullable().describe('FUT_CONT_SIZE, units of the commodity in a lot'),
          tick: z.number().nullable().describe("FUT_TICK_SIZE, in Bloomberg's quote"),
          pointValue: z.number().nullable().describe("FUT_VAL_PT, USD per 1.00 of Bloomberg's quote and lot"),
          currency: z.string().nullable().describe('CRNCY'),
          differs: z
            .array(z.string())
            .describe('Where it differs from the rules and figures here; empty where it does not'),
        }),
      )
      .describe('Facts of contracts, of --what reference; nothing of them is stored'),
    planned: z
      .array(
        z.strictObject({
          type: z.string().describe('HistoricalDataRequest, ReferenceDataRequest'),
          product: z.string().describe('CL, BRN …'),
          body: z.string().describe('The request as JSON text, before it is split to fit the size limit'),
        }),
      )
      .describe('Requests of a --dry-run; else empty'),
  })
  .describe('What was fetched from Bloomberg into the lake')

export type FetchBloombergData = z.infer<typeof FetchBloombergData>
