import { ContangoError } from '../../kernel/errors.js'
import type { ErrorAnswer } from '../http/client.js'
import { shortText } from '../http/short-text.js'
import { readCftcError } from './schema.js'

/** What an answer of the site that is not 2xx means; null for those that mean what their status says (429, 5xx). */
export function cftcRefusal(
  { status, json }: ErrorAnswer,
  resource: string,
  redact: (text: string) => string,
): { readonly error: ContangoError; readonly retry: boolean } | null {
  const { code, message } = readCftcError(json)
  const says = message === null ? '' : `: ${shortText(redact(message), 200)}`
  const fail = (name: string, text: string, hint: string): { error: ContangoError; retry: boolean } => ({
    error: new ContangoError('source', name, text, hint, {
      status,
      resource,
      ...(code === null ? {} : { vendorCode: code }),
    }),
    retry: false,
  })
  if (status === 401 || status === 403 || /app.?token/i.test(`${code ?? ''} ${message ?? ''}`)) {
    return fail(
      'CFTC_KEY_REJECTED',
      `the CFTC's site does not accept the token${says}`,
      'check CFTC_APP_TOKEN, or unset it: a token is not needed',
    )
  }
  if (status === 404) {
    return fail(
      'CFTC_RESOURCE_NOT_FOUND',
      `the CFTC's site has no resource ${resource}`,
      'its ids stand under resources: in config/cftc.yaml; look them up at publicreporting.cftc.gov',
    )
  }
  if (status === 400) {
    return fail(
      'CFTC_BAD_REQUEST',
      `the CFTC's site refuses the request for ${resource}${says}`,
      'contango fetch cftc … --dry-run shows what is asked',
    )
  }
  return null
}
