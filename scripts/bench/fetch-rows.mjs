import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { contango, spread, timed } from './spawn.mjs'

const ROUNDS = 3

/** 20 years of four markets, 79,268 values, from a loopback server into an empty lake: whole process, wall time. */
export async function fetchRows({ folder }) {
  const server = spawn(process.execPath, [fileURLToPath(new URL('./cot-server.mjs', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const port = await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
    })
    const products = ['CL', 'RB', 'HO', 'NG'].flatMap((product) => ['--product', product])
    const runs = Array.from({ length: ROUNDS }, (_, round) => {
      const home = join(folder, `fetch-${round}`)
      timed(contango('init', home))
      // the vendor's limit of requests a second is politeness, not speed
      const config = join(home, 'config', 'cftc.yaml')
      const changed = readFileSync(config, 'utf8').replace(/requestsPerSecond: .*/, 'requestsPerSecond: 100')
      writeFileSync(config, changed)
      return timed(contango('fetch', 'cftc', ...products, '--quiet', '--base-url', `http://127.0.0.1:${port}`), {
        home,
      }).ms
    })
    return [
      { what: 'fetch cftc, 79,268 values from loopback into the lake', unit: 'ms', target: 3000, ...spread(runs) },
    ]
  } finally {
    server.kill()
  }
}
