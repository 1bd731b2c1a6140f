const HIDDEN = '***'

/** The part before the last @ of an address's authority: `https://user:pass@host/`. */
const USER_INFO = /:\/\/[^\s/?#]*@/g

/** `api_key=…`, `$$app_token=…`, `password=…`: in a query, a form or an option of a command line. */
const NAMED =
  /(?<![A-Za-z0-9])((?:[A-Za-z0-9$]{0,32}[_-])?(?:api)?(?:key|token|secret|password|passwd|signature))=[^&\s#"'<>]+/gi

/** The same names as members of a JSON text. A bare "key" stays: it is the name of a thing more often than a secret. */
const MEMBER =
  /("(?:[A-Za-z0-9$]{0,32}[_-](?:key|token)|apikey|token|secret|password|passwd)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi

/** A shorter word than this cannot be hidden without hiding every message. */
const SHORTEST_SECRET = 4

/**
 * Hides what must never be printed: user and password in an address, the values of query keys that name a secret, and
 * every known secret wherever it stands, as it is or percent-encoded. One redactor serves ledger, logs and errors.
 */
export function createRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>()
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue
    forms
      .add(secret)
      .add(encodeURIComponent(secret))
      .add(new URLSearchParams({ '': secret }).toString().slice(1))
  }
  // The longest first: a secret that begins with another must not leave its tail.
  const words = [...forms].sort((a, b) => b.length - a.length)
  return (text) => {
    let clean = text
    for (const word of words) clean = clean.replaceAll(word, HIDDEN)
    return clean.replace(USER_INFO, `://${HIDDEN}@`).replace(NAMED, `$1=${HIDDEN}`).replace(MEMBER, `$1"${HIDDEN}"`)
  }
}
