import { isoFromDay } from '../../kernel/day.js'
import type { CftcBatch } from './plan.js'

/** The address of one page, oldest weeks first, so that a release in between comes after the last page. */
export function requestUrl(baseUrl: string, batch: CftcBatch, offset: number, pageRows: number): URL {
  const url = new URL(`${baseUrl}/resource/${batch.resource}.json`)
  const { codes, fields, from, to } = batch
  const at = (day: number): string => `'${isoFromDay(day)}T00:00:00.000'`
  const where = [
    `cftc_contract_market_code in(${codes.map((code) => `'${code}'`).join(',')})`,
    ...(from === null ? [] : [`report_date_as_yyyy_mm_dd >= ${at(from)}`]),
    ...(to === null ? [] : [`report_date_as_yyyy_mm_dd <= ${at(to)}`]),
  ]
  const columns = ['report_date_as_yyyy_mm_dd', 'cftc_contract_market_code', ...fields.map(([field]) => field)]
  url.searchParams.set('$select', columns.join(','))
  url.searchParams.set('$where', where.join(' AND '))
  url.searchParams.set('$order', 'report_date_as_yyyy_mm_dd,cftc_contract_market_code')
  url.searchParams.set('$limit', String(pageRows))
  url.searchParams.set('$offset', String(offset))
  return url
}
