import { join } from 'node:path'
import { Bench } from 'tinybench'
import { benchLake } from './bench-lake.mjs'
import { compile } from './compile.mjs'

/** All settlements of one product, in process: date, contract and settlement of every rank. */
export async function readCurve(bench) {
  const home = benchLake(bench)
  const { openStore } = (await compile(bench, 'src/lib/store/open-store.ts')).exports
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() }
  const options = { dataDir: join(home, 'data'), priority: ['csv'], lockWaitMs: 0, clock }

  const startedMs = performance.now()
  const store = openStore(options)
  const { columns } = await store.readCurves('CL')
  const coldMs = performance.now() - startedMs
  const rows = `${columns.settlement.length.toLocaleString('en')} rows`

  const timing = new Bench({ time: 1500, iterations: 20, warmupTime: 200 })
  timing.add('read', () => store.readCurves('CL'))
  await timing.run()
  store.close()
  const { latency } = timing.tasks[0].result
  const figure = { unit: 'ms', target: 60 }
  return [
    { what: 'WTI, 17 years', ...figure, value: latency.p50, min: latency.min, max: latency.max, note: rows },
    {
      what: 'the first read of a process',
      unit: 'ms',
      value: coldMs,
      note: 'opens the catalogue, nothing compiled yet',
    },
  ]
}
