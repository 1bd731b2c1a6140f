import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contango, words, type Finished, type RunOptions } from '../../support/contango.js'
import { inside } from '../../support/inside.js'
import { tlsFile } from '../../support/bloomberg-server.js'

/** A workspace of its own that reaches Bloomberg over mutual TLS and is not patient. */
export interface BloombergDesk {
  readonly home: string
  /** Replaces what `config/sources.yaml` says. */
  configure(changes: Readonly<Record<string, string>>): void
  run(line: string, options?: RunOptions): Promise<Finished>
  /** In a process of its own, whose environment its children have. */
  runAlone(line: string, options?: RunOptions): Promise<Finished>
  /** All bytes below data/lake. */
  lake(): string
  remove(): void
}

export async function openBloombergDesk(address: {
  readonly host: string
  readonly port: number
}): Promise<BloombergDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'contango-bloomberg-'))
  const home = join(folder, 'desk')
  const made = await inside(['init', home])
  if (made.code !== 0) throw new Error(made.stderr)
  const file = join(home, 'config', 'sources.yaml')
  const configure = (changes: Readonly<Record<string, string>>): void => {
    let text = readFileSync(file, 'utf8')
    for (const [key, value] of Object.entries(changes)) {
      text = text.replace(new RegExp(`\\b${key}: (\\{[^}]*\\}|\\[[^\\]]*\\]|[^\\s,}]+)`), `${key}: ${value}`)
    }
    writeFileSync(file, text)
  }
  configure({
    transport: 'http',
    certificates: `{ ca: ${tlsFile('ca.crt')}, cert: ${tlsFile('client.crt')}, key: ${tlsFile('client.key')} }`,
    requestsPerSecond: '1000',
    burst: '100',
    retries: '1',
    firstDelaySeconds: '0.001',
    maxDelaySeconds: '0.001',
    maxRetryAfterSeconds: '0.002',
    reconnect: '{ firstDelaySeconds: 0.01, delayFactor: 1, maxDelaySeconds: 0.01, attempts: 3 }',
  })
  const given = { BLOOMBERG_HOST: address.host, BLOOMBERG_PORT: String(address.port), BLOOMBERG_TIMEOUT: '5000' }
  return {
    home,
    configure,
    run: (line, options = {}) => inside(words(line), { home, ...options, env: { ...given, ...options.env } }),
    runAlone: (line, options = {}) => contango(words(line), { home, ...options, env: { ...given, ...options.env } }),
    lake: () =>
      filesBelow(join(home, 'data'))
        .filter((path) => path.includes('lake'))
        .map((path) => readFileSync(path, 'latin1'))
        .join(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]))
}

export const errorCode = (finished: Finished): string =>
  (JSON.parse(finished.stdout) as { error: { code: string } }).error.code
