/** Request types of `//blp/refdata` that are spoken here. */
export type BloombergRequestType = 'HistoricalDataRequest' | 'ReferenceDataRequest' | 'IntradayBarRequest'

export interface Subscription {
  readonly security: string
  /** Comes back with every tick. */
  readonly correlationId: number
  readonly fields: readonly string[]
}

/** Values that changed, as the vendor sends them: only the fields that ticked. */
export interface LiveUpdate {
  readonly correlationId: number
  readonly values: Readonly<Record<string, unknown>>
}

/** A way to Bloomberg: the blpapi-http server or the Python bridge. Both carry the same JSON. */
export interface BloombergTransport {
  /** In messages: "blpapi-http at host:3000". */
  readonly name: string
  /** Longest request body in bytes; null where there is no limit. */
  readonly maxRequestBytes: number | null
  /** The messages of the response, unread: errors inside are the caller's. Throws where nothing could be asked. */
  request(type: BloombergRequestType, body: object): Promise<unknown[]>
  /** Until the signal or an error ends it; the first item comes when the vendor has accepted, and may be empty. */
  subscribe(subscriptions: readonly Subscription[], signal: AbortSignal): AsyncIterable<readonly LiveUpdate[]>
  close(): Promise<void>
}
