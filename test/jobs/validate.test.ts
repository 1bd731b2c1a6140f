import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { jobWorkspace, type JobWorkspace } from './job-workspace.js'

let place: JobWorkspace
beforeAll(() => {
  place = jobWorkspace(inject('simHome'))
})
afterAll(() => place.remove())

interface Issue {
  readonly line: number
  readonly path: string
  readonly message: string
}

async function mistakes(text: string): Promise<Issue[]> {
  place.job('bad', text)
  const { code, stdout } = await place.run(['run', 'bad', '--json', '-q'])
  const document = JSON.parse(stdout) as { error: { code: string; details: { issues: Issue[] } } }
  expect(code, stdout).toBe(3)
  expect(document.error.code).toBe('BAD_CONFIG')
  return document.error.details.issues
}

/** Steps from line 2 on, one a line. */
const steps = (...lines: string[]): string => `steps:\n${lines.map((line) => `  - ${line}\n`).join('')}`

describe('a job that is wrong is refused before anything runs, with the line', () => {
  const CASES: readonly [what: string, text: string, line: number, message: RegExp][] = [
    [
      'a circle',
      steps(
        '{ id: a, command: prices, needs: c }',
        '{ id: b, command: prices, needs: a }',
        '{ id: c, command: prices, needs: [b] }',
      ),
      2,
      /circle: a needs c needs b needs a/,
    ],
    ['a step that needs itself', steps('{ id: a, command: prices, needs: a }'), 2, /circle: a needs a/],
    [
      'an unknown step',
      steps('{ id: curve, command: prices }', '{ id: b, command: prices, needs: [curv] }'),
      3,
      /no step curv; curve\?/,
    ],
    [
      'an unknown command',
      steps('{ id: a, command: prices }', '{ id: b, command: curv wti }'),
      3,
      /no command "curv wti"/,
    ],
    ['an unknown flag of the line', steps('{ id: a, command: curve wti --colour }'), 2, /--colour/],
    [
      'an unknown flag of with',
      steps('{ id: a, command: curve wti, with: { colour: true } }'),
      2,
      /no flag --colour; --color\?/,
    ],
    [
      'a value that the command refuses',
      steps('{ id: a, command: curve wti, with: { ranks: many } }'),
      2,
      /^--ranks takes a whole number/,
    ],
    ['a value out of a list', steps('{ id: a, command: continuous wti --adjust up }'), 2, /--adjust/],
    ['a missing argument', steps('{ id: a, command: curve }'), 2, /Missing 1 required arg/],
    ['a missing flag', steps('{ id: a, command: limits check }'), 2, /Missing required flag book/],
    ['forms that contradict', steps('{ id: a, command: curve wti -f csv --json }'), 2, /contradict/],
    [
      'an unknown variable of the job',
      `vars: { book: x }\n${steps("{ id: a, command: 'positions --book ${{ vars.bok }}' }")}`,
      3,
      /vars\.bok is no variable of the job; vars\.book\?/,
    ],
    [
      'a variable of the environment that is not set',
      steps("{ id: a, command: 'curve ${{ env.NOT_SET_ANYWHERE }}' }"),
      2,
      /env\.NOT_SET_ANYWHERE is not set/,
    ],
    ['an unknown root', steps("{ id: a, command: 'curve ${{ today }}' }"), 2, /no variable today/],
    [
      'an output that is not there yet',
      steps('{ id: a, command: prices }', "{ id: b, command: 'curve ${{ steps.a.data.prices.0.product }}' }"),
      3,
      /add a to needs/,
    ],
    [
      'a path that no document has',
      steps('{ id: a, command: prices }', "{ id: b, needs: a, command: 'curve ${{ steps.a.data.prizes.0.product }}' }"),
      3,
      /no document of a has data\.prizes\.0\.product/,
    ],
    [
      'an output of a step that prints CSV',
      steps(
        '{ id: a, command: prices -f csv }',
        "{ id: b, needs: a, command: 'curve ${{ steps.a.data.prices.0.product }}' }",
      ),
      3,
      /a answers in csv/,
    ],
    [
      'a step with a matrix by its own name',
      steps(
        '{ id: a, command: "curve ${{ matrix.p }}", matrix: { p: [wti, brent] } }',
        "{ id: b, needs: a, command: prices, when: 'steps.a.exitCode == 0' }",
      ),
      3,
      /name one of steps\.a\.wti, steps\.a\.brent/,
    ],
    ['a condition that cannot be read', steps("{ id: a, command: prices, when: '1 +' }"), 2, /cannot be read at "\+"/],
    ['a status outside of when', steps("{ id: a, command: 'curve ${{ always() }}' }"), 2, /always\(\) is for when/],
    ['a sign of a shell', steps("{ id: a, command: 'prices | head' }"), 2, /"\|" belongs to a shell/],
    ['an id that stands twice', steps('{ id: a, command: prices }', '{ id: a, command: prices }'), 3, /a stands twice/],
    [
      'a value that becomes a flag',
      `vars: { p: --json }\n${steps("{ id: a, command: 'curve ${{ vars.p }}' }")}`,
      3,
      /a value may not become a flag/,
    ],
    [
      'a switch that hangs on an unknown variable',
      steps("{ id: a, command: 'var --book example', with: { zero-mean: '${{ vars.zero }}' } }"),
      2,
      /vars\.zero is no variable of the job/,
    ],
    ['a timeout that is none', steps('{ id: a, command: prices, timeout: soon }'), 2, /a number of seconds/],
    ['an unknown key', steps('{ id: a, command: prices, neds: b }'), 2, /unknown key/],
    ['no steps', 'name: empty\nsteps: []\n', 2, /one step at least/],
    ['an unknown product', `as-of: [lumber]\n${steps('{ id: a, command: prices }')}`, 1, /lumber/],
    ['an unknown calendar', `if-trading-day: NYSE\n${steps('{ id: a, command: prices }')}`, 1, /no calendar "NYSE"/],
    ['a tab', 'steps:\n\t- id: a\n', 2, /tab/],
  ]
  for (const [what, text, line, message] of CASES) {
    it(what, async () => {
      const issues = await mistakes(text)
      expect(issues.map((issue) => [issue.line, issue.message])).toContainEqual([line, expect.stringMatching(message)])
    })
  }

  it('all mistakes of a file at once, in the order of its lines', async () => {
    const issues = await mistakes(
      steps(
        '{ id: a, command: curv }',
        '{ id: b, command: prices, needs: zz }',
        '{ id: c, command: curve wti --ranks x }',
      ),
    )
    expect(issues.map(({ line }) => line)).toEqual([2, 3, 4])
  })

  it('nothing ran, and nothing stands in the ledger of jobs', async () => {
    const list = JSON.parse((await place.run(['run', 'list', '--json'])).stdout) as {
      data: { jobs: { job: string; lastRun: unknown }[] }
    }
    expect(list.data.jobs.find(({ job }) => job === 'bad')?.lastRun).toBeNull()
  })
})

describe('run validate', () => {
  it('finds the jobs that come with contango sound, and names what they make', async () => {
    place.job('bad', steps('{ id: a, command: prices }'))
    const { code, stdout } = await place.run(['run', 'validate', '--json'])
    expect(code, stdout).toBe(0)
    const { data } = JSON.parse(stdout) as { data: { jobs: { job: string; steps: string[] }[] } }
    expect(data.jobs.map(({ job }) => job)).toEqual(['bad', 'daily-risk', 'weekly-backtest'])
    expect(data.jobs[1].steps).toContain('curves.wti')
  })

  it('exits 3 with the mistakes of every file, 2 for a job that is not there', async () => {
    place.job('worse', steps('{ id: a, command: curv }'))
    const wrong = await place.run(['run', 'validate'])
    expect(wrong.code).toBe(3)
    expect(wrong.stderr).toContain('config/jobs/worse.yaml:2')
    place.job('worse', steps('{ id: a, command: prices }'))
    const missing = await place.run(['run', 'validate', 'no-such-job'])
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain('there is no job "no-such-job"')
  })
})
