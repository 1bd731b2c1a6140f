import { describe, expect, it } from 'vitest'
import { refuseTwoStrategies, strategyFirst } from '../../src/lib/cli/strategy-first.js'

describe('--strategy FILE and --signal-file FILE', () => {
  it.each([
    [
      ['wti', '--lots', '2', '--strategy', './mine.ts', '--json'],
      ['./mine.ts', 'wti', '--lots', '2', '--json'],
    ],
    [
      ['wti', '--signal-file=s.csv', '--', '--strategy', 'x'],
      ['s.csv', 'wti', '--', '--strategy', 'x'],
    ],
    [
      ['ma-crossover', 'wti', '--', '--strategy', 'x'],
      ['ma-crossover', 'wti', '--', '--strategy', 'x'],
    ],
    [
      ['wti', '--strategy', '--json'],
      ['wti', '--strategy', '--json'],
    ],
    [
      ['wti', '--strategy', '--', 'x'],
      ['wti', '--strategy', '--', 'x'],
    ],
  ])('%j reads as %j', (typed, read) => {
    expect(strategyFirst(typed)).toEqual(read)
  })

  it('say one thing: a second one is refused', () => {
    const twice = strategyFirst(['--strategy', 'a.ts', '--signal-file', 'b.csv'])
    expect(twice).toEqual(['a.ts', '--signal-file', 'b.csv'])
    expect(() => refuseTwoStrategies({ 'signal-file': 'b.csv' })).toThrow(/other words for one STRATEGY/)
    expect(() => refuseTwoStrategies({})).not.toThrow()
  })
})
