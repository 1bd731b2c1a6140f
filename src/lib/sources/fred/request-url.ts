import { isoFromDay } from '../../kernel/day.js'
import type { FredBatch } from './plan.js'

/** The address of one page, oldest days first. */
export function requestUrl(baseUrl: string, batch: FredBatch, offset: number, pageRows: number, key: string): URL {
  const url = new URL(`${baseUrl}/series/observations`)
  const query = url.searchParams
  query.set('series_id', batch.id)
  query.set('api_key', key)
  query.set('file_type', 'json')
  if (batch.from !== null) query.set('observation_start', isoFromDay(batch.from))
  if (batch.to !== null) query.set('observation_end', isoFromDay(batch.to))
  query.set('sort_order', 'asc')
  query.set('limit', String(pageRows))
  query.set('offset', String(offset))
  return url
}
