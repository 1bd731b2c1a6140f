import type { Context } from '../../cli/context.js'
import type { Report } from '../../cli/report.js'
import type { SeriesFetch } from '../../documents/parts/series-fetch.js'
import { clock } from '../../runtime/clock.js'
import type { FetchedSeries, FetchSeriesOptions } from './fetch-series.js'
import { fetchedReport, plannedReport } from './fetched-series-report.js'
import type { SeriesBatch } from './series-vendor.js'

/** What a command asks of a vendor of series. */
export interface SeriesFetchRequest<Batch extends SeriesBatch, Asked extends object> {
  /** On the progress bar, and before the name of its stream of random numbers: "EIA". */
  readonly vendor: string
  readonly baseUrl: string
  /** What the vendor's document says besides. */
  readonly asked: Asked
  readonly batches: readonly Batch[]
  readonly dryRun: boolean
  /** False under `--no-cache`. */
  readonly readCache: boolean
  /** First page of a batch, with the key hidden. */
  url(batch: Batch): URL
  fetch(options: FetchSeriesOptions<Batch>): Promise<FetchedSeries[]>
}

/** Fetches the batches into the lake and says what was fetched; under `--dry-run` what would be asked. */
export async function reportSeriesFetch<Batch extends SeriesBatch, Asked extends object>(
  ctx: Context,
  request: SeriesFetchRequest<Batch, Asked>,
): Promise<Report<SeriesFetch & Asked>> {
  const { vendor, baseUrl, asked, batches, dryRun, readCache } = request
  if (dryRun) {
    const planned = batches.map((batch) => ({ url: request.url(batch).href, series: batch.ids }))
    return plannedReport(baseUrl, asked, planned)
  }
  const { market, store, strict, signal, log, warn } = ctx
  const progress = ctx.progress(vendor, batches.length)
  try {
    const fetched = await request.fetch({
      publications: ctx.config.publications,
      market,
      store,
      dataDir: ctx.workspace.dataDir,
      batches,
      readCache,
      strict,
      rng: ctx.rng(`${vendor.toLowerCase()}/back-off`),
      clock,
      signal,
      log: (event) => log.debug(event, 'http'),
      warn,
      onBatch: ({ ids }) => progress.advance(1, ids[0]),
    })
    return fetchedReport(baseUrl, asked, fetched)
  } finally {
    progress.stop()
  }
}
