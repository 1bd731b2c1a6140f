/** `fast 10`, `slow 30`: what a strategy was run with; a text that says nothing is left out. */
export function parametersText(parameters: Readonly<Record<string, number | string>>): string[] {
  return Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${value}`)
}
