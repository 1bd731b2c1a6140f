/** `response.data[3].value` */
export function jsonPath(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text === '' ? '(the whole document)' : text.replace(/^\./, '')
}
