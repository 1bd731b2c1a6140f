import { describe, expect, it } from 'vitest'
import { bookOn } from '../../../src/lib/desk/book-on.js'
import { stressOn } from '../../../src/lib/desk/stress-on.js'
import { day, realCurves } from '../../desk/desk.js'
import { sharedFile } from '../../support/shared.js'
import { bookDesk } from './book-desk.js'

const file = sharedFile('data/futures_curves_daily.csv')

describe.skipIf(file === null)('the example book through the real days since 2007', () => {
  it('loses most on 21 April 2020, −1,752,702 USD, and gains most the day before', async () => {
    const desk = bookDesk(realCurves(file!, ['CL', 'BRN', 'RB', 'HO']))
    const book = await bookOn(desk, 'example')
    const { replay } = await stressOn(desk, book, { ids: ['all_down_20'], replay: { from: day('2007-02-01') } })
    const worst = [...replay!.days].sort((a, b) => a.pnlUsd - b.pnlUsd).slice(0, 14)
    expect(worst.map(({ date, pnlUsd }) => [date, Math.round(pnlUsd)])).toEqual([
      // −25 × 47,640 (CLK) − 5 × −8,860 (CLM) + 40 × −6,080 (CLV) + 30 × −6,240 (BRN) + products −175,602
      ['2020-04-21', -1_752_702],
      ['2022-03-09', -1_235_700],
      ['2022-07-05', -723_734],
      ['2011-05-05', -693_387],
      ['2021-11-26', -672_891],
      ['2020-03-09', -648_511],
      ['2008-09-29', -622_579],
      ['2008-10-10', -559_362],
      ['2022-03-28', -543_736],
      ['2014-11-28', -503_907],
      ['2008-10-06', -459_387],
      ['2008-08-22', -440_502],
      ['2011-06-23', -435_665],
      ['2022-06-17', -431_058],
    ])
    const best = replay!.days.reduce((high, one) => (one.pnlUsd > high.pnlUsd ? one : high))
    expect([best.date, Math.round(100 * best.pnlUsd)]).toEqual(['2020-04-20', 120_824_120])
    expect(new Set(replay!.dropped.map(({ reason }) => reason))).toEqual(new Set(['CL, RB, HO did not settle']))
  })
})
