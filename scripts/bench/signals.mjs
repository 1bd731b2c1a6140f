import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from './compile.mjs'
import { contango, spread, timed } from './spawn.mjs'

const FIRST_YEAR = 2010
const LAST_YEAR = 2026
const PRODUCTS = ['CL', 'BRN', 'RB', 'HO']
const ROUNDS = 5

/** Time of the processor and not of the clock: one core, whoever else has it. */
function processorMs() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Seventeen simulated years of curves, stocks and positions, with maintenance twice a year. */
function lake(folder) {
  const home = join(folder, 'signals')
  timed(contango('init', home))
  const products = PRODUCTS.flatMap((product) => ['--product', product])
  timed(contango('fetch', 'sim', ...products, '--from', `${FIRST_YEAR}-01-04`, '--to', `${LAST_YEAR}-12-31`, '-q'), {
    home,
  })
  const outages = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i).flatMap((year) => [
    `A,CDU 1,PADD3,${300 + (year % 7) * 30},${year}-02-03,${year}-03-20,${year - 1}-10-01`,
    `B,CDU 1,PADD2,${200 + (year % 5) * 40},${year}-09-10,${year}-10-25,${year}-05-03`,
  ])
  const file = join(folder, 'turnarounds.csv')
  writeFileSync(file, ['refinery,unit,region,capacity_kbd,start,end,announced', ...outages, ''].join('\n'))
  timed(contango('fetch', 'turnarounds', file, '-q'), { home })
  return home
}

/** Every signal and the composite on every day of four products, from the files of the lake to the last score. */
export async function signals(bench) {
  const source = (await compile(bench, 'scripts/bench/signals-entry.ts')).exports
  const home = lake(bench.folder)
  const workspace = source.findWorkspace({ cwd: home, env: {}, homeFlag: home, packageRoot: bench.root })
  let days = 0
  let known = new Set()
  const once = async () => {
    const startedMs = processorMs()
    const config = source.loadConfig({ workspace, env: {}, flags: {}, packageRoot: bench.root })
    const store = source.openStore({
      dataDir: workspace.dataDir,
      priority: ['sim'],
      lockWaitMs: 0,
      clock: source.clock,
    })
    const ctx = {
      store,
      market: source.createMarket(config.instruments, config.calendars),
      config,
      requestedAsOf: null,
      asOf: (products) => Math.min(...products.map((product) => store.pick('curves', product).last)),
      warn: () => {},
    }
    const reader = source.signalReader(ctx, ctx.asOf(PRODUCTS))
    days = 0
    known = new Set()
    for (const product of PRODUCTS) {
      const found = await source.loadSignalHistories(ctx, { product }, reader)
      days += found.days.length
      for (const { name, score } of found.histories) if (score.some((value) => !Number.isNaN(value))) known.add(name)
    }
    store.close()
    return processorMs() - startedMs
  }
  const first = await once()
  const times = []
  for (let round = 0; round < ROUNDS; round++) times.push(await once())
  const what = `${known.size} signals × ${days.toLocaleString('en')} days of four products`
  return [
    { what: `${what}, first time`, unit: 'ms', target: 2000, value: first },
    { what: `${what}, again`, unit: 'ms', ...spread(times) },
  ]
}
