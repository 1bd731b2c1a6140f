import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface WriterProgram {
  start(...args: readonly (string | number)[]): Writer
  remove(): void
}

export interface Writer {
  readonly process: ChildProcess
  /** Settles when the process has printed the word. */
  said(word: string): Promise<void>
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>
}

/** The writer process of the tests, compiled once. */
export async function writerProgram(): Promise<WriterProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'contango-writer-'))
  const file = join(folder, 'writer.cjs')
  await build({
    entryPoints: [fileURLToPath(new URL('writer-process.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    logLevel: 'silent',
  })
  const env = { ...process.env, NODE_PATH: fileURLToPath(new URL('../../node_modules', import.meta.url)) }
  return {
    start(...args) {
      const child = spawn(process.execPath, [file, ...args.map(String)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      let out = ''
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      const ended = new Promise<Awaited<Writer['ended']>>((resolve) => {
        child.on('close', (code, signal) => resolve({ code, signal, stderr }))
      })
      return {
        process: child,
        ended,
        said: (word) =>
          new Promise((resolve, reject) => {
            const look = (): void => {
              if (out.split('\n').includes(word)) resolve()
            }
            child.stdout.on('data', look)
            look()
            void ended.then(() => reject(new Error(`the writer ended without saying "${word}": ${stderr}`)))
          }),
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
