import { isoFromDay } from '../../src/lib/kernel/day.js'
import { seededRng } from '../../src/lib/kernel/rng.js'
/** The files that the examples of help pages name, in a form small enough to read. */
const days = ['2023-12-26', '2023-12-27', '2023-12-28', '2023-12-29']

export const exampleFiles: Readonly<Record<string, string>> = {
  'futures_curves_daily.csv': [
    'date,CL01,CL02,CL03,BRN01,BRN02,BRN03,RB01,RB02,HO01,HO02',
    '2023-12-26,75.57,75.7,75.83,81.07,80.05,79.89,2.1867,2.1899,2.6711,2.6405',
    '2023-12-27,74.11,74.28,74.42,79.65,78.39,78.28,2.1194,2.1292,2.6022,2.5805',
    '2023-12-28,71.77,71.97,72.14,78.39,77.15,77.04,2.0852,2.0997,2.5563,2.5403',
    '2023-12-29,71.65,71.84,72.01,77.04,76.91,76.79,2.1026,2.1063,2.5531,2.5289',
    '',
  ].join('\n'),
  'quotas.csv': [
    'country,from,baseline,quota,announced',
    'SA,2025-01-01,10.478,8.978,2024-12-05',
    'SA,2025-04-01,10.478,9.034,2025-03-03',
    '',
  ].join('\n'),
  'turnarounds.csv': [
    'refinery,unit,region,capacity_kbd,start,end,announced',
    'Baytown,CDU 8,PADD3,290,2024-02-05,2024-03-10,2023-12-11',
    'Whiting,CDU 12,PADD2,243,2024-02-01,2024-02-20,2024-02-02',
    '',
  ].join('\n'),
  'prices.csv': ['Day,Px', ...days.map((day, i) => `${day},${[75.57, 74.11, 71.77, 71.65][i]}`), ''].join('\n'),
  'eia_wti_spot_daily.csv': [
    'Date,Price',
    ...days.map((day, i) => `${day},${[75.84, 74.25, 72.02, 71.89][i]}`),
    '',
  ].join('\n'),
  'job.yaml': [
    'steps:',
    '  - id: curve',
    '    command: curve wti --ranks 3',
    '  - id: check',
    '    command: ticker validate "CL1 Comdty"',
    '    needs: curve',
    '',
  ].join('\n'),
  'settlements.csv': ['date,CL', ...settlements(700), ''].join('\n'),
}

/** Days of clustered volatility, long enough for a rolling window. */
function settlements(count: number): string[] {
  const rng = seededRng(1, 'settlements')
  let price = 75
  let variance = 2
  return Array.from({ length: count }, (_, i) => {
    const shock = Math.sqrt(variance) * rng.normal()
    variance = 0.1 + 0.08 * shock * shock + 0.87 * variance
    price = Math.max(20, price + shock)
    return `${isoFromDay(18_000 + i)},${price.toFixed(2)}`
  })
}
