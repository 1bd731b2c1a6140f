import { startLoopback, type Answer, type Loopback } from './loopback.js'

/**
 * Figures of the weekly report for 14 June 2024, the week before, and the same week of 2023 and 2022, as EIA's API has them: stocks
 * in kbbl, flows in kb/d, utilisation in per cent. US government, public domain.
 */
export const REPORT = {
  weeks: ['6/14/24', '6/7/24', '6/16/23', '6/17/22'],
  WCESTUS1: [457_105, 459_652, 463_293, 418_328],
  W_EPC0_SAX_YCUOK_MBBL: [34_122, 33_815, 42_035, 22_043],
  WCSSTUS1: [370_912, 370_526, 349_968, 504_818],
  WGTSTUS1: [231_232, 233_512, 221_402, 218_963],
  WDISTUS1: [121_640, 123_366, 114_288, 109_842],
  WKJSTUS1: [41_947, 42_003, 40_910, 40_661],
  WRESTUS1: [28_987, 28_740, 31_274, 28_990],
  WPRSTUS1: [71_443, 69_808, 76_952, 53_953],
  WCRFPUS2: [13_200, 13_200, 12_200, 12_000],
  WCRRIUS2: [16_765, 17_047, 16_470, 16_263],
  WGIRIUS2: [17_143, 17_511, 17_011, 16_858],
  WPULEUS3: [93.5, 95, 93.1, 94],
  WCEIMUS2: [7054, 8304, 6161, 6226],
  WCREXUS2: [4418, 3188, 4543, 3572],
  WRPUPUS2: [21_081, 19_219, 20_925, 19_904],
  WGFUPUS2: [9386, 9040, 9375, 8505],
  WDIUPUS2: [3977, 3649, 3978, 3862],
  WKJUPUS2: [1705, 1696, 1834, 1695],
} as const

type Id = Exclude<keyof typeof REPORT, 'weeks'>

/** The CSV tables on loopback, as the report gives them: by a redirect to a signed address, in windows-1252. */
export interface TablesServer extends Loopback {
  readonly tables: Record<string, string>
}

export async function startTablesServer(): Promise<TablesServer> {
  const tables = reportTables()
  const loopback = await startLoopback((url): Answer => {
    if (url.pathname.startsWith('/wpsr/')) {
      return { status: 302, body: '', headers: { location: `/secure${url.pathname}?Policy=a&Signature=b` } }
    }
    const table = tables[url.pathname.replace('/secure/wpsr/', '')]
    if (table === undefined)
      return { status: 404, body: '<html>Not found</html>', headers: { 'content-type': 'text/html' } }
    return { status: 200, body: windows1252(table) }
  })
  return { ...loopback, tables }
}

/** The dash of empty cells is one byte, 0x96. */
function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => (char === '–' ? 0x96 : char.charCodeAt(0)))
}

function reportTables(): Record<string, string> {
  const [week, before, ago, agoTwo] = REPORT.weeks
  const millions = (kbbl: number): string => grouped((kbbl / 1000).toFixed(3))
  const whole = (value: number): string => grouped(value.toFixed(0))
  const percent = (value: number): string => value.toFixed(1)

  // current, before, difference, a year ago, per cent, two years ago, per cent
  const stocks = (label: string, of: Id | readonly number[]): string => {
    const [a, b, c, d] = typeof of === 'string' ? REPORT[of] : of
    return line(label, millions(a), millions(b), millions(a - b), millions(c), change(a, c), millions(d), change(a, d))
  }
  const flow = (form: (value: number) => string, labels: readonly string[], of: Id | readonly number[]): string => {
    const [a, b, c] = typeof of === 'string' ? REPORT[of] : of
    // averages of four weeks and of the year so far stand under the same dates
    const average = [form(a + 1), form(c + 1), change(a, c), form(a - 1), form(c - 1), '–']
    return line(...labels, form(a), form(b), form(a - b), form(c), form(a - c), ...average)
  }
  const flowHeading = line(
    ...['STUB_1', 'STUB_2', week, before, 'Difference', ago, 'Difference'],
    ...[week, ago, 'Percent Change', week, ago, 'Percent Change'],
  )
  const supply = (label: string, of: Id | readonly number[]): string => flow(whole, ['Crude Oil Supply ', label], of)
  const supplied = (label: string, of: Id): string => flow(whole, ['Products Supplied ', label], of)
  const refiners = (label: string, of: Id | readonly number[]): string =>
    flow(whole, ['Refiner Inputs and Utilization ', label], of)
  const none = [0, 0, 0, 0]
  return {
    'table4.csv': file(
      line('STUB_1', week, before, 'Difference', ago, 'Percent Change', agoTwo, 'Percent Change'),
      stocks('Crude Oil', [828_017, 830_178, 813_261, 923_146]),
      stocks('Commercial (Excluding SPR)', 'WCESTUS1'),
      stocks('Midwest (PADD 2)', [120_000, 120_100, 125_000, 100_000]),
      stocks('Cushing', 'W_EPC0_SAX_YCUOK_MBBL'),
      stocks('SPR', 'WCSSTUS1'),
      stocks('Total Motor Gasoline', 'WGTSTUS1'),
      stocks('Kerosene-Type Jet Fuel', 'WKJSTUS1'),
      stocks('Distillate Fuel Oil', 'WDISTUS1'),
      line('> 500 ppm sulfur', '–', '–', '–', '–', '–', '–', '–'),
      stocks('Residual Fuel Oil', 'WRESTUS1'),
      stocks('Propane/Propylene', 'WPRSTUS1'),
      stocks('Total Stocks (Including SPR)', [1_635_500, 1_634_600, 1_612_900, 1_699_700]),
      stocks('Total Stocks (Excluding SPR)', [1_264_588, 1_264_074, 1_262_932, 1_194_882]),
    ),
    'table1.csv': file(
      line('STUB_1', week, before, 'Difference', 'Percent Change', ago, 'Difference', 'Percent Change'),
      line('Commercial (Excluding SPR)', '457.105', '459.652', '-2.547', '-0.600', '463.293', '-6.188', '-1.300'),
      flowHeading,
      supply('(1)     Domestic Production', 'WCRFPUS2'),
      supply('(2)        Alaska', [421, 419, 429, 432]),
      supply('(8)        Imports', 'WCEIMUS2'),
      supply('(9)            Commercial Crude Oil', 'WCEIMUS2'),
      supply('(10)          Imports by SPR', none),
      supply('(12)        Exports', 'WCREXUS2'),
      supply('(17)   Crude Oil Input to Refineries', 'WCRRIUS2'),
      supplied('(30)   Total', 'WRPUPUS2'),
      supplied('(31)     Finished Motor Gasoline', 'WGFUPUS2'),
      supplied('(32)     Kerosene-Type Jet Fuel', 'WKJUPUS2'),
      supplied('(33)     Distillate Fuel Oil', 'WDIUPUS2'),
      flow(whole, ['Net Imports of Crude and Petroleum Products ', '(38)   Total'], [-1200, -900, -800, -700]),
    ),
    'table2.csv': file(
      flowHeading,
      refiners('Crude Oil Inputs', 'WCRRIUS2'),
      refiners('East Coast (PADD 1)', [811, 820, 830, 800]),
      refiners('Gross Inputs', 'WGIRIUS2'),
      refiners('East Coast (PADD 1)', [815, 825, 835, 805]),
      refiners('Operable Capacity', [18_326, 18_326, 18_272, 17_944]),
      flow(percent, ['Refiner Inputs and Utilization ', 'Percent Utilization'], 'WPULEUS3'),
      flow(percent, ['Refiner Inputs and Utilization ', 'East Coast (PADD 1)'], [95.8, 96.9, 99.5, 97.1]),
    ),
  }
}

function line(...cells: readonly string[]): string {
  return cells.map((cell) => `"${cell}"`).join(',')
}

function file(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\u001A\r\n`
}

function grouped(text: string): string {
  const [whole, decimals] = text.split('.')
  const thousands = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return decimals === undefined ? thousands : `${thousands}.${decimals}`
}

function change(now: number, then: number): string {
  return then === 0 ? '--' : (((now - then) / Math.abs(then)) * 100).toFixed(3)
}
