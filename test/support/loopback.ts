import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Misbehaviour } from './eia-server.js'

export interface Answer {
  readonly status: number
  /** An object goes out as JSON, a text and bytes as they are. */
  readonly body: object | string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export interface Loopback {
  readonly origin: string
  /** Every request since the start, oldest first. */
  readonly requests: URL[]
  /** Its headers. */
  readonly headers: IncomingMessage['headers'][]
  /** The next requests are answered by these, in turn; null answers as usual. */
  next(...misbehaviours: (Misbehaviour | null)[]): void
  /** Every request is answered by it until it is taken back with null. */
  always(misbehaviour: Misbehaviour | null): void
  close(): Promise<void>
}

/** A vendor on 127.0.0.1: `answerOf` is what it says when nothing is wrong. */
export async function startLoopback(
  answerOf: (url: URL, headers: IncomingMessage['headers']) => Answer,
): Promise<Loopback> {
  const requests: URL[] = []
  const headers: IncomingMessage['headers'][] = []
  const queue: (Misbehaviour | null)[] = []
  let standing: Misbehaviour | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback')
    requests.push(url)
    headers.push(request.headers)
    const { status, body, headers: own = {} } = answerOf(url, request.headers)
    const misbehaviour = queue.shift() ?? standing
    if (misbehaviour) {
      misbehaviour(request, response, body as object)
      return
    }
    const plain = typeof body === 'string' || body instanceof Uint8Array
    const text = plain ? body : JSON.stringify(body)
    const type = plain ? 'text/csv' : 'application/json;charset=utf-8'
    response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(text)), ...own })
    response.end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    next: (...misbehaviours) => void queue.push(...misbehaviours),
    always: (misbehaviour) => void (standing = misbehaviour),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
