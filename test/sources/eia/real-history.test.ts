import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEiaServer, type EiaServer } from '../../support/eia-server.js'
import { sharedFile } from '../../support/shared.js'
import { day } from '../../market/market.js'
import { openDesk, type Desk } from './support.js'

const wti = sharedFile('data/eia_wti_spot_daily.csv')
const weekly = sharedFile('data/eia_weekly_petroleum.csv')

/** Columns of a file of EIA's figures as the API would send them: texts, null for what is blank. */
function wireRows(path: string, column: number): [string, string | null][] {
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/)
  return lines.map((line) => line.split(',')).map((cells) => [cells[0], cells[column] || null])
}

describe.skipIf(!wti || !weekly)('forty years of real figures over the wire', () => {
  let server: EiaServer
  let desk: Desk
  beforeAll(async () => {
    server = await startEiaServer()
    desk = openDesk(server)
    const header = readFileSync(weekly!, 'utf8').split(/\r?\n/, 1)[0].split(',')
    server.series.set('RWTC', { route: 'petroleum/pri/spt', unit: '$/BBL', rows: wireRows(wti!, 1) })
    for (const id of ['WCESTUS1', 'W_EPC0_SAX_YCUOK_MBBL']) {
      const rows = wireRows(weekly!, header.indexOf(id))
      server.series.set(id, { route: 'petroleum/stoc/wstk', unit: 'MBBL', rows })
    }
    desk.nowMs = Date.UTC(2026, 8, 1)
  })
  afterAll(async () => {
    desk.close()
    await server.close()
  })

  it('WTI spot since 1986 takes three pages, and −36.98 on 2020-04-20 is in the lake', async () => {
    const [fetched] = await desk.fetch({ series: ['RWTC'] })
    const sent = server.series.get('RWTC')!.rows
    expect(sent.length).toBeGreaterThan(10_000)
    expect(fetched).toMatchObject({ requests: Math.ceil(sent.length / 5000), dropped: 0 })
    expect(fetched.added + fetched.missing).toBe(sent.length)
    const at = day('2020-04-20')
    const { columns } = await desk.store.readSeries('RWTC', { from: at, to: at })
    expect([...columns.value]).toEqual([-36.98])
  })

  it('crude stocks carry the Wednesday of their release, Thursday in a week that began with a holiday', async () => {
    expect(await desk.fetch({ series: ['WCESTUS1', 'W_EPC0_SAX_YCUOK_MBBL'] })).toMatchObject([
      { dropped: 0, unit: 'kbbl' },
      { dropped: 0, unit: 'kbbl' },
    ])
    const { columns } = await desk.store.readSeries('WCESTUS1', { from: day('2024-08-23'), to: day('2024-08-30') })
    // the week to 30 August 2024 was followed by Labor Day
    expect([...columns.knownOn]).toEqual([day('2024-08-28'), day('2024-09-05')])
  })
})
