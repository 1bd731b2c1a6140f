// A blpapi-http server on loopback for the bench: histories of generic tickers, and a subscription that always has ticks
// ready, as many as it has been told in a poll. Prints its port.
import { createServer } from 'node:http'

const DAY_MS = 86_400_000
const LETTERS = 'FGHJKMNQUVXZ'
const TICKS_A_POLL = 200
let subscribed = 0
let tick = 0

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const url = new URL(request.url, 'http://loopback')
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : null
    const text = JSON.stringify(
      url.pathname === '/subscription' ? subscription(url, body) : { data: histories(body), ...OK },
    )
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(text)
  })
})
const OK = { status: 0, message: 'OK' }

function subscription(url, body) {
  const action = url.searchParams.get('action')
  if (action === 'start') subscribed += body.length
  if (action === 'stop') subscribed = 0
  if (action !== null) return { ...OK, data: [] }
  const ticks = Array.from({ length: TICKS_A_POLL }, () => {
    const last = 70 + (tick % 97) / 100
    const data = [{ LAST_PRICE: last, BID: last - 0.01, ASK: last + 0.01 }]
    return { correlationId: tick++ % subscribed, data, missed_ticks: 0 }
  })
  return { data: [ticks], ...OK }
}

/** Weekdays of the window; the contract behind a rank is one that has not expired. */
function histories({ securities, startDate, endDate }) {
  const day = (text) => Date.UTC(text.slice(0, 4), text.slice(4, 6) - 1, text.slice(6)) / DAY_MS
  return securities.map((security, sequenceNumber) => {
    const [, root, rank] = /^([A-Z]+)(\d+) /.exec(security)
    const cents = root === 'XB' || root === 'HO'
    const fieldData = []
    for (let at = day(startDate); at <= day(endDate); at++) {
      const date = new Date(at * DAY_MS)
      if ([0, 6].includes(date.getUTCDay())) continue
      const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + Number(rank) + 1
      const price = (cents ? 210 : 70) + ((at * 7) % 11) / 10 + Number(rank) / 10
      const code = `${root}${LETTERS[month % 12]}${Math.floor(month / 12) % 10}`
      const numbers = { PX_SETTLE: price, PX_LAST: price, OPEN_INT: 100_000 - (at % 100), PX_VOLUME: 50_000 }
      fieldData.push({ date: date.toISOString(), ...numbers, FUT_CUR_GEN_TICKER: code })
    }
    return { securityData: { security, eidData: [], sequenceNumber, fieldExceptions: [], fieldData } }
  })
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
