// The CFTC's site on loopback for the bench: 1,043 weeks of four markets, every field of each report. Prints its port.
import { createServer } from 'node:http'

const WEEKS = 1043
const DAY_MS = 86_400_000
const server = createServer((request, response) => {
  const query = new URL(request.url, 'http://loopback').searchParams
  const select = query.get('$select').split(',')
  const codes = [...query.get('$where').matchAll(/'([0-9A-Z]{6})'/g)].map((match) => match[1])
  const offset = Number(query.get('$offset'))
  const end = Math.min(WEEKS * codes.length, offset + Number(query.get('$limit')))
  const rows = []
  for (let row = offset; row < end; row++) {
    const week = Math.floor(row / codes.length)
    const date = new Date(Date.UTC(2005, 0, 4) + 7 * week * DAY_MS).toISOString().slice(0, 10)
    const [, , ...fields] = select
    rows.push({
      report_date_as_yyyy_mm_dd: `${date}T00:00:00.000`,
      cftc_contract_market_code: codes[row % codes.length],
      ...Object.fromEntries(fields.map((field, n) => [field, String(100_000 + 1000 * n + ((week * 37) % 900))])),
    })
  }
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(rows))
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
