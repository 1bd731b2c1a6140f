import { ContangoError } from '../../kernel/errors.js'

/** The address without a trailing slash; one with a user, a query or a fragment is refused: they would end up in logs. */
export function checkedBaseUrl(text: string, warn: (code: string, message: string) => void): string {
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ContangoError(
      'usage',
      'BASE_URL',
      `the base URL at ${url.host} carries a user, a query or a fragment`,
      'give the address alone, such as https://api.eia.gov/v2; the key comes from EIA_API_KEY',
    )
  }
  if (url.protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    warn('KEY_IN_CLEAR', `http sends the EIA key to ${url.host} in clear text: use https`)
  }
  return text.replace(/\/+$/, '')
}
