import { Writable } from 'node:stream'
import type { Host } from './host.js'

/** Streams that keep what is written to them. */
export function capturingIo(io: Host['io']): { io: Host['io']; text: () => string } {
  const pieces: Buffer[] = []
  const collect = (into: Buffer[] | null): Writable =>
    new Writable({
      write(chunk: Buffer | string, _encoding, done) {
        into?.push(Buffer.from(chunk))
        done()
      },
    })
  return {
    io: { ...io, stdout: collect(pieces), stderr: collect(null), stdoutIsTty: false, stderrIsTty: false },
    text: () => Buffer.concat(pieces).toString('utf8'),
  }
}
