import { ContangoError } from '../kernel/errors.js'

/** `--var NAME=VALUE` → values by name. @throws usage BAD_FLAG_VALUE */
export function parseVariables(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
      throw new ContangoError('usage', 'BAD_FLAG_VALUE', `--var takes NAME=VALUE, not "${text}"`, '--var book=desk', {
        flag: 'var',
        value: text,
      })
    }),
  )
}
