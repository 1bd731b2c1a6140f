/** `-2.35 million bbl` of kbbl, with its sign; other units as they are. */
export function stocksWords(value: number, unit: string): string {
  const [amount, name] = unit === 'kbbl' ? [value / 1000, 'million bbl'] : [value, unit]
  return `${amount > 0 ? '+' : ''}${amount.toFixed(2)} ${name}`
}
