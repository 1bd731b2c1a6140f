import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/lib/runtime/redact.js'

describe('redaction', () => {
  const plain = createRedactor([])

  it('hides user and password of an address and keeps the host', () => {
    expect(plain('GET https://desk:p@ss@api.example.com/v2?x=1')).toBe('GET https://***@api.example.com/v2?x=1')
  })

  it('hides the values of query keys that name a secret, and nothing beside them', () => {
    expect(plain('https://h/v2/data?api_key=abc123&start=2024-01-02&$$app_token=zz#top')).toBe(
      'https://h/v2/data?api_key=***&start=2024-01-02&$$app_token=***#top',
    )
    expect(plain('password=hunter2 apikey=x1 client-secret=y2')).toBe('password=*** apikey=*** client-secret=***')
    expect(plain('monkey=1 facets[series][]=RWTC')).toBe('monkey=1 facets[series][]=RWTC')
  })

  it('hides secrets that a vendor echoes in its JSON', () => {
    expect(plain('{"api_key":"abc","series":"RWTC","token": "a\\"b"}')).toBe(
      '{"api_key":"***","series":"RWTC","token": "***"}',
    )
    expect(plain('{"key":"eia.baseUrl"}')).toBe('{"key":"eia.baseUrl"}')
  })

  it('hides each known secret as it is and percent-encoded', () => {
    const redact = createRedactor(['p+q/r s', 'longkey', 'longkey-and-more'])
    expect(redact('p+q/r s p%2Bq%2Fr%20s p%2Bq%2Fr+s')).toBe('*** *** ***')
    expect(redact('longkey-and-more longkey')).toBe('*** ***')
  })

  it('leaves text alone where a secret is empty or a letter or two', () => {
    expect(createRedactor(['', 'a'])('a barrel')).toBe('a barrel')
  })
})
