import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLoopback } from './loopback.mjs'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 3
const TICKS = 50_000
const SECONDS_ALLOWED = 10

/**
 * `quotes --watch` must sustain 5,000 ticks a second below 150 MB: 50,000 of them as fast as they come, whole process, from the
 * simulator and from a subscription of a blpapi-http server on loopback; with --record they go into the lake as well.
 */
export async function quotes({ folder }) {
  const home = join(folder, 'quotes')
  timed(contango('init', home))
  timed(
    contango('fetch', 'sim', '--product', 'wti', '--product', 'brent', '--from', '2023-11-01', '--to', '2023-12-29'),
    {
      home,
    },
  )
  const usageFile = join(folder, 'quotes.json')
  const watch = ['quotes', '--tickers', 'wti,brent', '--watch', '--count', String(TICKS), '--quiet']
  const measure = (words, env) =>
    Array.from({ length: ROUNDS }, () => timed(contango(...watch, ...words), { home, usageFile, env }))
  const simulated = measure(['--source', 'sim', '--rate', '0'])
  const recorded = measure(['--source', 'sim', '--rate', '0', '--record'])
  const config = join(home, 'config', 'sources.yaml')
  writeFileSync(config, readFileSync(config, 'utf8').replace('transport: none', 'transport: http'))
  const subscribed = await withLoopback('./bloomberg-server.mjs', (port) =>
    measure([], { BLOOMBERG_HOST: '127.0.0.1', BLOOMBERG_PORT: port }),
  )
  const rows = (what, runs, target) => [
    {
      what: `${what}: ${TICKS.toLocaleString('en')} ticks`,
      unit: 'ms',
      target: SECONDS_ALLOWED * 1000,
      ...spread(runs.map(({ ms }) => ms)),
    },
    { what: `${what}: peak memory`, unit: 'MB', target, ...spread(runs.map(({ peakMb }) => peakMb)) },
  ]
  return [
    ...rows('simulator', simulated, 150),
    ...rows('simulator --record', recorded),
    ...rows('Bloomberg', subscribed, 150),
  ]
}
