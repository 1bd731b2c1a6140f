import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The workspace's own file of a vendor: the same, but its client does not wait. */
export function withoutPatience(home: string, file: string): void {
  const path = join(home, 'config', file)
  const changed = readFileSync(path, 'utf8')
    .replace(/attemptTimeoutSeconds: .*/, 'attemptTimeoutSeconds: 1')
    .replace(/firstDelaySeconds: .*/, 'firstDelaySeconds: 0.001')
    .replace(/maxDelaySeconds: .*/, 'maxDelaySeconds: 0.001')
    .replace(/maxRetryAfterSeconds: .*/, 'maxRetryAfterSeconds: 0.01')
    .replace(/retries: .*/, 'retries: 1')
    .replace(/requestsPerSecond: .*/, 'requestsPerSecond: 100')
    .replace(/burst: .*/, 'burst: 100')
  writeFileSync(path, changed)
}
