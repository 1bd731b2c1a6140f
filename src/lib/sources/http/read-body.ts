import { ContangoError } from '../../kernel/errors.js'

/**
 * The whole body as bytes, refused as soon as it is larger than `maxBytes` after decompression. The caller's timeout
 * covers this too, because a body can drip.
 */
export async function readBody(response: Response, maxBytes: number, vendor: string): Promise<Uint8Array> {
  const tooLarge = (): ContangoError =>
    new ContangoError(
      'source',
      'BODY_TOO_LARGE',
      `${vendor} sent more than ${Math.round(maxBytes / 1e6)} MB in one answer`,
      'ask for less at once: --from and --to',
      { maxBytes },
    )
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge()
  }
  if (!response.body) return new Uint8Array(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge() // leaving the loop cancels the stream
    chunks.push(chunk)
  }
  const body = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    body.set(chunk, at)
    at += chunk.byteLength
  }
  return body
}
