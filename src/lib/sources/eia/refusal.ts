import { ContangoError } from '../../kernel/errors.js'
import type { ErrorAnswer } from '../http/client.js'
import { shortText } from '../http/short-text.js'
import { readEiaError } from './schema.js'

/** What an answer of the API that is not 2xx means; null for those that mean what their status says (429, 5xx). */
export function eiaRefusal(
  { status, json }: ErrorAnswer,
  route: string,
  redact: (text: string) => string,
): { readonly error: ContangoError; readonly retry: boolean } | null {
  const { code, message } = readEiaError(json)
  const says = message === null ? '' : `: ${shortText(redact(message), 200)}`
  const details = { status, route, ...(code === null ? {} : { vendorCode: code }) }
  const fail = (name: string, text: string, hint: string): ContangoError =>
    new ContangoError('source', name, text, hint, details)

  // The gateway's codes: API_KEY_MISSING, API_KEY_INVALID, API_KEY_DISABLED …
  if (code !== null && /^API_KEY_[A-Z_]+$/.test(code)) {
    const error = fail(
      'EIA_KEY_REJECTED',
      `EIA does not accept the key (${code})`,
      'check EIA_API_KEY, or get a new one: eia.gov/opendata',
    )
    return { error, retry: false }
  }
  // A key that asked too fast is shut out for a while, with a 403 that names no code.
  if (status === 403) {
    const error = fail('EIA_FORBIDDEN', `EIA answered 403 for ${route}${says}`, 'the key may be suspended: try later')
    return { error, retry: true }
  }
  if (status === 404) {
    const error = fail(
      'EIA_ROUTE_NOT_FOUND',
      `EIA has no route ${route}`,
      'find it at eia.gov/opendata/browser, then --route or config/eia.yaml',
    )
    return { error, retry: false }
  }
  if (status === 400) {
    const error = fail(
      'EIA_BAD_REQUEST',
      `EIA refuses the request for ${route}${says}`,
      'contango fetch eia … --dry-run shows what is asked',
    )
    return { error, retry: false }
  }
  return null
}
