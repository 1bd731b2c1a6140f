import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLoopback } from './loopback.mjs'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 3

/** 20 years of four products from a loopback server into an empty lake: whole process, wall time. */
export async function fetchRows({ folder }) {
  const positions = await withLoopback('./cot-server.mjs', (port) =>
    rounds(folder, 'cftc', (home) => {
      // the vendor's limit of requests a second is politeness, not speed
      change(join(home, 'config', 'cftc.yaml'), /requestsPerSecond: .*/, 'requestsPerSecond: 100')
      const products = ['CL', 'RB', 'HO', 'NG'].flatMap((product) => ['--product', product])
      return timed(contango('fetch', 'cftc', ...products, '--quiet', '--base-url', `http://127.0.0.1:${port}`), {
        home,
      })
    }),
  )
  const curves = await withLoopback('./bloomberg-server.mjs', (port) =>
    rounds(folder, 'bloomberg', (home) => {
      change(join(home, 'config', 'sources.yaml'), /transport: none/, 'transport: http')
      const products = ['wti', 'brent', 'rbob', 'ho'].flatMap((product) => ['--product', product])
      const window = ['--ranks', '4', '--from', '2004-01-02', '--to', '2023-12-29']
      const env = { BLOOMBERG_HOST: '127.0.0.1', BLOOMBERG_PORT: port }
      return timed(contango('fetch', 'bloomberg', ...products, ...window, '--quiet'), { home, env })
    }),
  )
  return [
    { what: 'fetch cftc, 79,268 values from loopback into the lake', unit: 'ms', target: 3000, ...spread(positions) },
    { what: 'fetch bloomberg, 83,472 settlements from loopback', unit: 'ms', target: 3000, ...spread(curves) },
  ]
}

function rounds(folder, name, run) {
  return Array.from({ length: ROUNDS }, (_, round) => {
    const home = join(folder, `fetch-${name}-${round}`)
    timed(contango('init', home))
    return run(home).ms
  })
}

function change(file, from, to) {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}
