import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, it } from 'vitest'
import { contango, words, type Finished } from '../support/contango.js'

/**
 * Bytes of the command line: NAME.cmd holds a command, NAME.out, NAME.err and NAME.code what it must say, on the
 * simulated lake of the test run. `UPDATE_GOLDEN=1 npm test -- test/golden` writes them anew; read the difference.
 */
const folder = fileURLToPath(new URL('.', import.meta.url))
const updating = process.env['UPDATE_GOLDEN'] === '1'

function commandFiles(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const child = join(path, entry.name)
    return entry.isDirectory() ? commandFiles(child) : entry.name.endsWith('.cmd') ? [child] : []
  })
}

function readOrEmpty(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

describe('golden', () => {
  for (const file of commandFiles(folder).sort()) {
    const stem = file.replace(/\.cmd$/, '')
    it(basename(stem), async () => {
      const argv = words(readFileSync(file, 'utf8').trim()).slice(1)
      const home = inject('simHome')
      const run = (env: Record<string, string>): Promise<Finished> => contango(argv, { home, env })
      const [west, east] = await Promise.all([
        run({ TZ: 'Pacific/Pago_Pago', LANG: 'C', COLUMNS: '200' }),
        run({ TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8', COLUMNS: '60' }),
      ])
      expect(east.stdout).toBe(west.stdout)
      expect(east.stderr).toBe(west.stderr)
      if (updating) {
        writeFileSync(`${stem}.out`, west.stdout)
        writeFileSync(`${stem}.err`, west.stderr)
        writeFileSync(`${stem}.code`, `${west.code}\n`)
      }
      expect(west.stdout).toBe(readOrEmpty(`${stem}.out`))
      expect(west.stderr).toBe(readOrEmpty(`${stem}.err`))
      expect(`${west.code}\n`).toBe(readOrEmpty(`${stem}.code`))
    })
  }
})
