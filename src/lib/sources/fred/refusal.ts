import { ContangoError } from '../../kernel/errors.js'
import type { ErrorAnswer } from '../http/client.js'
import { shortText } from '../http/short-text.js'
import { readFredError } from './schema.js'

/** What an answer of FRED that is not 2xx means; null for those that mean what their status says (429, 5xx). */
export function fredRefusal(
  { status, json }: ErrorAnswer,
  id: string,
  redact: (text: string) => string,
): { readonly error: ContangoError; readonly retry: boolean } | null {
  const message = readFredError(json)
  const says = message === null ? '' : `: ${shortText(redact(message), 200)}`
  const details = { status, series: id }
  const no = (error: ContangoError): { error: ContangoError; retry: boolean } => ({ error, retry: false })
  if (/api_key/i.test(message ?? '') || status === 401 || status === 403) {
    return no(
      new ContangoError(
        'source',
        'FRED_KEY_REJECTED',
        `FRED does not accept the key${says}`,
        'check FRED_API_KEY, or get a new one: fredaccount.stlouisfed.org/apikeys',
        details,
      ),
    )
  }
  if ((status === 400 && /does not exist/i.test(message ?? '')) || status === 404) {
    return no(
      new ContangoError(
        'noData',
        'FRED_NO_SERIES',
        `FRED has no series ${id}`,
        'find its id at fred.stlouisfed.org',
        details,
      ),
    )
  }
  if (status === 400) {
    return no(
      new ContangoError(
        'source',
        'FRED_BAD_REQUEST',
        `FRED refuses the request for ${id}${says}`,
        'contango fetch fred … --dry-run shows what is asked',
        details,
      ),
    )
  }
  // a key that asked too fast is locked for a while
  if (status === 423) {
    return {
      error: new ContangoError('source', 'FRED_FORBIDDEN', `FRED has locked the key${says}`, 'try later', details),
      retry: true,
    }
  }
  return null
}
