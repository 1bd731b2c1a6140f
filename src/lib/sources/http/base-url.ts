import { ContangoError } from '../../kernel/errors.js'

/** Whose address it is, for messages. */
export interface VendorAddress {
  /** "EIA" */
  readonly vendor: string
  /** Environment name of the key; null where the vendor wants none. */
  readonly secret: string | null
  /** What a right address looks like. */
  readonly example: string
}

/** The address without a trailing slash; one with a user, a query or a fragment is refused: they would end up in logs. */
export function checkedBaseUrl(
  text: string,
  { vendor, secret, example }: VendorAddress,
  warn: (code: string, message: string) => void,
): string {
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new ContangoError(
      'usage',
      'BASE_URL',
      `the base URL at ${url.host} carries a user, a query or a fragment`,
      `give the address alone, such as ${example}${secret === null ? '' : `; the key comes from ${secret}`}`,
    )
  }
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (secret !== null && url.protocol === 'http:' && !isHere) {
    warn('KEY_IN_CLEAR', `http sends the ${vendor} key to ${url.host} in clear text: use https`)
  }
  return text.replace(/\/+$/, '')
}
