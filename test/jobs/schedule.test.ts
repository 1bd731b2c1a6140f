import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allNeeds, findCycle } from '../../src/lib/jobs/find-cycle.js'
import { jobExitCode } from '../../src/lib/jobs/job-exit.js'
import { schedule } from '../../src/lib/jobs/schedule.js'

const never = new AbortController().signal

/** A graph without a cycle: each step needs some of those before it. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 19 }), { maxLength: 3 }), { minLength: 1, maxLength: 20 })
  .map((rows) =>
    rows.map((row, i) => ({ id: `s${i}`, needs: [...new Set(row.filter((n) => n < i))].map((n) => `s${n}`) })),
  )

describe('schedule', () => {
  it('runs every step once, after all that it needs, never more at once than it may', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (steps, jobs) => {
        const ended = new Set<string>()
        let running = 0
        let most = 0
        const left = await schedule(steps, {
          jobs,
          signal: never,
          begin: ({ needs }) => {
            expect(needs.every((need) => ended.has(need))).toBe(true)
            return true
          },
          run: async ({ id }) => {
            most = Math.max(most, ++running)
            await new Promise((resolve) => setImmediate(resolve))
            running--
            ended.add(id)
          },
        })
        expect(left).toEqual([])
        expect(ended.size).toBe(steps.length)
        expect(most).toBeLessThanOrEqual(jobs)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('begins nothing after an abort, waits for what runs, and gives back what never began', async () => {
    const stop = new AbortController()
    const ran: string[] = []
    const left = await schedule(
      [
        { id: 'a', needs: [] },
        { id: 'b', needs: [] },
        { id: 'c', needs: [] },
      ],
      {
        jobs: 2,
        signal: stop.signal,
        begin: () => true,
        run: async ({ id }) => {
          await new Promise((resolve) => setImmediate(resolve))
          stop.abort()
          ran.push(id)
        },
      },
    )
    expect(ran).toEqual(['a', 'b'])
    expect(left.map(({ id }) => id)).toEqual(['c'])
  })

  it('finds the way round, and none where there is none', () => {
    const needs = new Map([
      ['a', ['c']],
      ['b', ['a']],
      ['c', ['b']],
      ['d', []],
    ])
    expect(findCycle(needs)).toEqual(['a', 'c', 'b', 'a'])
    expect(findCycle(new Map([['a', ['a']]]))).toEqual(['a', 'a'])
    expect(findCycle(new Map([['a', []]]))).toBeNull()
    const all = allNeeds(
      new Map([
        ['a', []],
        ['b', ['a']],
        ['c', ['b']],
      ]),
    )
    expect([...all.get('c')!]).toEqual(['b', 'a'])
  })
})

describe('the exit code of a job', () => {
  const ORDER = [130, 143, 1, 2, 3, 8, 9, 7, 6, 5, 4, 10]
  it('is the first of 130, 143, 1, 2, 3, 8, 9, 7, 6, 5, 4, 10, whichever step came first', () => {
    for (let i = 0; i < ORDER.length; i++) {
      expect(jobExitCode([0, ...ORDER.slice(i).reverse(), 0])).toBe(ORDER[i])
    }
    expect(jobExitCode([0, 0])).toBe(0)
    expect(jobExitCode([])).toBe(0)
  })

  it('an exit code that is none of ours counts as a bug', () => expect(jobExitCode([10, 137])).toBe(1))
})
