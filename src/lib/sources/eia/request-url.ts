import { periodStamp } from '../series/period.js'
import type { EiaBatch } from './plan-batches.js'

/** The address of one page of a batch, oldest rows first: rows that appear meanwhile then come after the last page. */
export function requestUrl(baseUrl: string, batch: EiaBatch, offset: number, pageRows: number, key: string): URL {
  const url = new URL(`${baseUrl}/${batch.route}/data/`)
  const query = url.searchParams
  query.set('api_key', key)
  query.set('frequency', batch.frequency)
  query.set('data[0]', 'value')
  for (const id of batch.ids) query.append(`facets[${batch.facet}][]`, id)
  if (batch.from !== null) query.set('start', periodStamp(batch.from, batch.frequency))
  if (batch.to !== null) query.set('end', periodStamp(batch.to, batch.frequency))
  query.set('sort[0][column]', 'period')
  query.set('sort[0][direction]', 'asc')
  query.set('sort[1][column]', batch.facet)
  query.set('sort[1][direction]', 'asc')
  query.set('offset', String(offset))
  query.set('length', String(pageRows))
  return url
}
