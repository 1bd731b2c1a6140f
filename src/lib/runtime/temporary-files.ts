import { rmSync } from 'node:fs'

const live = new Set<string>()

/** Registers a half-written file until {@link forgetTemporaryFile}. */
export function trackTemporaryFile(path: string): void {
  live.add(path)
}

export function forgetTemporaryFile(path: string): void {
  live.delete(path)
}

/** The last act of a run that is being killed by a signal. */
export function removeTemporaryFiles(): void {
  for (const path of live) rmSync(path, { force: true, recursive: true })
  live.clear()
}
