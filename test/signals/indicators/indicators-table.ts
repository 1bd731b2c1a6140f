import type { Indicator } from '../../../src/lib/signals/indicators/indicator.js'
import { INDICATORS } from '../../../src/lib/signals/indicators/registry.js'

const cell = (text: string): string => text.replaceAll('|', '\\|')

function row(indicator: Indicator): string {
  const { name, title, formula, unit, inputs, parameters, outputs } = indicator
  const takes = parameters.map((one) => `${one.name} ${one.default} (${one.min}–${one.max})`).join(', ')
  const params = parameters.map((one) => one.default)
  const columns = outputs.map((stem) => `\`${[stem, ...params].join('_')}\``).join(' ')
  const cells = [
    `\`${name}\``,
    title,
    takes || '–',
    inputs.join(', '),
    columns,
    unit,
    String(indicator.warmUp(params)),
    cell(formula),
  ]
  return `| ${cells.join(' | ')} |`
}

/** The table of docs/indicators.md. */
export function indicatorsTable(): string {
  return [
    '| name | what | parameters (range) | needs | columns | unit | warm-up | formula |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...INDICATORS.map(row),
  ].join('\n')
}
