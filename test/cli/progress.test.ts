import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { paceText } from '../../src/lib/cli/pace-text.js'
import { createProgress } from '../../src/lib/cli/progress.js'

/** A terminal of 80 columns that remembers what was written to it. */
function terminal(): { stream: NodeJS.WritableStream; text: () => string } {
  const written: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.toString('utf8'))
      done()
    },
  })
  return { stream: Object.assign(stream, { isTTY: true, columns: 80, rows: 24 }), text: () => written.join('') }
}

describe('progress', () => {
  it('says pace and time left: 500 of 2,000 after 2 s are 250 a second, and 6 s are left', () => {
    expect(paceText(500, 2000, 2000)).toBe('250/s, 6 s left')
    expect(paceText(50_000, 100_000, 20_000)).toBe('2,500/s, 20 s left')
    expect(paceText(1, 1000, 2000)).toBe('0.5/s, 33 min 18 s left')
    expect(paceText(1, 10_000, 2000)).toBe('0.5/s, 5 h 33 min left')
    expect(paceText(0, 10, 2000)).toBe('')
  })

  it('draws a bar on a terminal', async () => {
    const { stream, text } = terminal()
    const progress = createProgress('cells', 4, stream, true)
    await import('cli-progress')
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 120))
      progress.advance()
    }
    progress.stop()
    expect(text()).toMatch(/cells .*[123]\/4 [\d.]+\/s, \d+ s left/)
  })

  it('writes nothing where it is not seen', async () => {
    const { stream, text } = terminal()
    const progress = createProgress('cells', 4, stream, false)
    await import('cli-progress')
    progress.advance(2)
    progress.stop()
    expect(text()).toBe('')
  })
})
