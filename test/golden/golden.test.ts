import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, it } from 'vitest'
import { contango, words } from '../support/contango.js'
import { inside } from '../support/inside.js'

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
      // A day apart: in a process of its own in Samoa, in another language, and here on Kiritimati.
      const [west, east] = await Promise.all([
        contango(argv, { home, env: { TZ: 'Pacific/Pago_Pago', LC_ALL: 'de_DE.UTF-8', COLUMNS: '200' } }),
        inside(argv, { home, env: { COLUMNS: '60' } }),
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
