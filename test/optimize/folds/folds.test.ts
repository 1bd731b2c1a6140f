import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { strategyNamed } from '../../../src/lib/backtest/strategies.js'
import { ContangoError } from '../../../src/lib/kernel/errors.js'
import { mean, sampleSd } from '../../../src/lib/kernel/moments.js'
import { combinatorialCrossValidation } from '../../../src/lib/optimize/folds/combinatorial.js'
import { parameterStability } from '../../../src/lib/optimize/folds/parameter-stability.js'
import { innerWindows, walkForwardFolds, type WalkForwardPlan } from '../../../src/lib/optimize/folds/walk-forward.js'
import { walkForwardEfficiency } from '../../../src/lib/optimize/folds/walk-forward-efficiency.js'
import { parseSearchSpace, searchedDimensions } from '../../../src/lib/optimize/space/search-space.js'
import { blocksOf, noise } from '../overfitting/trials.js'

const plan: WalkForwardPlan = {
  from: 0,
  until: 1001,
  mode: 'rolling',
  folds: 5,
  inSample: 0.75,
  purge: 0,
  embargo: 0,
  warmUp: 50,
}
const spans = (of: WalkForwardPlan): number[][] =>
  walkForwardFolds(of).map(({ train, test }) => [train.from, train.until, test.from, test.until])

describe('walking forward', () => {
  it('rolls 500-bar windows, 375 of them for the search, over 1000 returns in five steps of 125', () => {
    expect(spans(plan)).toEqual([
      [1, 376, 376, 501],
      [126, 501, 501, 626],
      [251, 626, 626, 751],
      [376, 751, 751, 876],
      [501, 876, 876, 1001],
    ])
  })

  it('keeps the beginning where it is anchored, and the tests where they were', () => {
    const anchored = spans({ ...plan, mode: 'anchored' })
    expect(anchored.map(([from]) => from)).toEqual([1, 1, 1, 1, 1])
    expect(anchored.map(([, , from, until]) => [from, until])).toEqual(
      spans(plan).map(([, , from, until]) => [from, until]),
    )
  })

  it('splits once where there is one fold: 70 % and 30 %', () => {
    expect(spans({ ...plan, folds: 1, inSample: 0.7 })).toEqual([[1, 701, 701, 1001]])
  })

  it('leaves purge and embargo out between a search and its test', () => {
    expect(spans({ ...plan, purge: 10, embargo: 5 })[1]).toEqual([126, 486, 501, 626])
  })

  it('never shows a test to its search, and tests every bar after the first search once', () => {
    fc.assert(
      fc.property(
        fc.record({
          from: fc.integer({ min: 0, max: 300 }),
          bars: fc.integer({ min: 600, max: 5000 }),
          folds: fc.integer({ min: 1, max: 8 }),
          inSample: fc.double({ min: 0.4, max: 0.8, noNaN: true }),
          purge: fc.integer({ min: 0, max: 20 }),
          embargo: fc.integer({ min: 0, max: 20 }),
          mode: fc.constantFrom('rolling' as const, 'anchored' as const),
        }),
        ({ from, bars, ...rest }) => {
          const until = from + bars
          let folds
          try {
            folds = walkForwardFolds({ from, until, warmUp: 5, ...rest })
          } catch (error) {
            return error instanceof ContangoError && error.code === 'FOLD_TOO_SHORT'
          }
          return folds.every(({ train, test }, i) => {
            const inside = innerWindows(train, 3).every((part) => part.from >= train.from && part.until <= train.until)
            const next = folds[i + 1]?.test.from ?? until
            return (
              inside && train.from >= 1 && train.until + rest.purge + rest.embargo === test.from && test.until === next
            )
          })
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })

  it('refuses a fold that is shorter than the warm-up, and says by how much', () => {
    expect(() => walkForwardFolds({ ...plan, warmUp: 375 })).toThrow(
      'fold 1 is too short: its search has 375 bars, and 375 pass before the slowest parameters decide',
    )
    expect(() => walkForwardFolds({ ...plan, folds: 40, inSample: 0.95 })).toThrow(
      /its test has \d+ bars, and 20 are the fewest/,
    )
    expect(() => walkForwardFolds({ ...plan, inSample: 1 })).toThrow('--in-sample is between 0 and 1')
  })

  it('cuts a training window into even inner parts', () => {
    expect(innerWindows({ from: 10, until: 110 }, 3)).toEqual([
      { from: 10, until: 43 },
      { from: 43, until: 76 },
      { from: 76, until: 110 },
    ])
  })
})

describe('efficiency', () => {
  const fold = { train: { from: 1, until: 301 }, test: { from: 301, until: 401 } }
  const result = (inProfit: number, outProfit: number, sharpes: [number | null, number | null] = [1, 0.5]) => ({
    fold,
    inSample: { netProfitUsd: inProfit, sharpe: sharpes[0] },
    outOfSample: { netProfitUsd: outProfit, sharpe: sharpes[1] },
  })

  it('is profit a bar out of sample over profit a bar in sample: 100 in 100 bars after 600 in 300 is a half', () => {
    expect(walkForwardEfficiency([result(600, 100)])).toEqual({ profit: 0.5, sharpe: 0.5, profitableFolds: 1 })
    expect(walkForwardEfficiency([result(600, 100), result(0, -100)]).profit).toBe(0)
    expect(walkForwardEfficiency([result(600, 100), result(0, -100)]).profitableFolds).toBe(0.5)
  })

  it('is null where the searches lost money, or a Sharpe ratio is undefined', () => {
    expect(walkForwardEfficiency([result(-5, 100, [-1, 2])])).toEqual({
      profit: null,
      sharpe: null,
      profitableFolds: 1,
    })
    expect(walkForwardEfficiency([result(5, 0, [1, null])]).sharpe).toBeNull()
  })
})

describe('parameter stability', () => {
  const space = parseSearchSpace(
    strategyNamed('ma-crossover'),
    ['--fast', '5:25:5', '--slow', '30:100', '--mode', 'state,cross'],
    [],
  )

  it('says how far each parameter jumps from fold to fold, as a share of its range', () => {
    const chosen = [
      { fast: 5, slow: 50, mode: 'state' },
      { fast: 25, slow: 50, mode: 'state' },
      { fast: 5, slow: 50, mode: 'cross' },
    ]
    const [fast, slow, mode] = parameterStability(searchedDimensions(space), chosen)
    expect(fast).toMatchObject({ name: 'fast', values: [5, 25, 5], distinct: 2, modeShare: 2 / 3 })
    // Four of five places, twice.
    expect(fast.meanStep).toBeCloseTo(0.8, 12)
    expect(fast.variation).toBeCloseTo(sampleSd([5, 25, 5]) / mean([5, 25, 5]), 12)
    expect(slow).toMatchObject({ distinct: 1, modeShare: 1, variation: 0, meanStep: 0 })
    expect(mode).toMatchObject({ distinct: 2, variation: null, meanStep: 0.25 })
  })

  it('knows no step of a single fold', () => {
    const [fast] = parameterStability(searchedDimensions(space), [{ fast: 5, slow: 50, mode: 'state' }])
    expect([fast.meanStep, fast.variation]).toEqual([null, null])
  })
})

describe('combinatorial purged cross-validation', () => {
  it('has C(6, 2) = 15 splits and C(5, 1) = 5 paths, each group in each path tested once', () => {
    const { splits, pathSharpes } = combinatorialCrossValidation(blocksOf(noise(8, 1200, 1)), {
      groups: 6,
      testGroups: 2,
      purge: 0,
      embargo: 0,
    })
    expect(splits.length).toBe(15)
    expect(pathSharpes.length).toBe(5)
    expect(splits.map(({ testGroups }) => testGroups.join()).slice(0, 3)).toEqual(['0,1', '0,2', '0,3'])
    expect(splits.every(({ trainBars }) => trainBars === 800)).toBe(true)
  })

  it('leaves out blocks before and after each test: 20 + 40 bars around a test in the middle', () => {
    const { splits } = combinatorialCrossValidation(blocksOf(noise(3, 1200, 1)), {
      groups: 6,
      testGroups: 1,
      purge: 15,
      embargo: 21,
    })
    // 1000 bars, less 40 after the first test, less 20 + 40 in the middle, less 20 before the last.
    expect(splits.map(({ trainBars }) => trainBars)).toEqual([960, 940, 940, 940, 940, 980])
  })

  it('chooses on the returns outside of the test and of its borders, as the returns themselves say', () => {
    const returns = noise(12, 800, 3)
    const { splits } = combinatorialCrossValidation(blocksOf(returns), {
      groups: 4,
      testGroups: 1,
      purge: 20,
      embargo: 20,
    })
    splits.forEach(({ testGroups: [group], chosen, inSample, outOfSample }) => {
      const sharpe = (series: Float64Array, keep: (bar: number) => boolean): number => {
        const kept = series.filter((_, bar) => keep(bar))
        return mean(kept) / sampleSd(kept)
      }
      const [from, until] = [group * 200, (group + 1) * 200]
      const train = returns.map((series) => sharpe(series, (bar) => bar < from - 20 || bar >= until + 20))
      expect(chosen).toBe(train.indexOf(Math.max(...train)))
      expect(inSample).toBeCloseTo(train[chosen], 12)
      expect(outOfSample).toBeCloseTo(
        sharpe(returns[chosen], (bar) => bar >= from && bar < until),
        12,
      )
    })
  })

  it('finds every path positive with a planted edge, and about half of them on noise', () => {
    const ten = { groups: 10, testGroups: 2, purge: 0, embargo: 0 }
    const edge = combinatorialCrossValidation(blocksOf(noise(50, 4000, 7, { trial: 9, annualSharpe: 2.5 })), ten)
    expect(edge.pathSharpes.every((sharpe) => sharpe > 0)).toBe(true)
    const shares = Array.from({ length: 20 }, (_, seed) => {
      const { pathSharpes } = combinatorialCrossValidation(blocksOf(noise(20, 2000, seed)), ten)
      return pathSharpes.filter((sharpe) => sharpe > 0).length / pathSharpes.length
    })
    expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(0.25)
  })

  it.each([
    [{ groups: 4, testGroups: 4, purge: 0, embargo: 0 }, '4 of 4 groups cannot be tested'],
    [{ groups: 60, testGroups: 2, purge: 0, embargo: 0 }, '60 groups of 60 blocks'],
    [{ groups: 30, testGroups: 8, purge: 0, embargo: 0 }, 'splits are more than 20000'],
    [{ groups: 4, testGroups: 1, purge: 1200, embargo: 0 }, 'purge and embargo leave 0 bars'],
  ])('refuses %j', (bad, message) => {
    expect(() => combinatorialCrossValidation(blocksOf(noise(2, 1200, 1)), bad)).toThrow(message)
  })
})
