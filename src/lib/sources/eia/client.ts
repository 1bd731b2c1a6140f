import { ContangoError } from '../../kernel/errors.js'
import type { HttpClient } from '../http/client.js'
import type { EiaBatch } from './plan-batches.js'
import { eiaRefusal } from './refusal.js'
import { requestUrl } from './request-url.js'
import { readEiaPage, type EiaRow } from './schema.js'

export interface EiaClientOptions {
  readonly http: HttpClient
  readonly baseUrl: string
  readonly key: string
  readonly pageRows: number
  readonly missingValues: readonly string[]
  readonly redact: (text: string) => string
  readonly warn: (code: string, message: string) => void
}

export interface BatchAnswer {
  readonly rows: readonly EiaRow[]
  /** Pages, whether from the network or from the disk. */
  readonly requests: number
  /** Every page came from the disk. */
  readonly cached: boolean
}

/** So often is a batch begun again when the data changes between two of its pages. */
const MAX_RESTARTS = 2

/** All pages of a batch: asks until as many rows are there as the vendor says there are. */
export async function fetchBatch(batch: EiaBatch, options: EiaClientOptions): Promise<BatchAnswer> {
  const { http, baseUrl, key, pageRows, missingValues, redact, warn } = options
  let requests = 0
  for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
    const rows: EiaRow[] = []
    const said = new Map<string, string>()
    let cached = true
    let total: number | null = null
    let moved = false
    while (total === null || rows.length < total) {
      const url = requestUrl(baseUrl, batch, rows.length, pageRows, key)
      const got = await http.get(url, {
        read: (json) => readEiaPage(json, { ...batch, missingValues }),
        refusal: (answer) => eiaRefusal(answer, batch.route, redact),
        // A second try must not read the page that did not fit.
        cacheTtlMs: restart === 0 ? batch.cacheTtlMs : 0,
      })
      requests++
      cached &&= got.cached
      for (const { warning, description } of got.value.warnings) said.set(warning, description ?? '')
      moved = total !== null && got.value.total !== total
      if (moved) break
      total = got.value.total
      if (got.value.rows.length === 0) break
      rows.push(...got.value.rows)
    }
    if (moved || rows.length !== total) continue
    // "incomplete return" says that there are more pages: they have been asked for.
    for (const [warning, description] of [...said].filter(([text]) => text !== 'incomplete return')) {
      warn('EIA_WARNING', redact(`EIA ${batch.route}: ${warning}${description === '' ? '' : `: ${description}`}`))
    }
    return { rows, requests, cached }
  }
  throw new ContangoError(
    'source',
    'EIA_INCOMPLETE',
    `EIA ${batch.route} gave another number of rows than it announced, ${MAX_RESTARTS + 1} times`,
    'try again in a few minutes: a release may be under way',
    { route: batch.route, series: batch.ids },
  )
}
