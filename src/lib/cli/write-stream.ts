/** Writes and waits until the bytes are gone; a reader that left (`| head`) is told apart by {@link isBrokenPipe}. */
export function writeFully(stream: NodeJS.WritableStream, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error?: Error | null) => (error ? reject(error) : resolve()))
  })
}

/** Writes pieces in blocks of about 64 KiB, so that a long answer neither blocks signals nor makes a call per line. */
export async function writeLines(
  stream: NodeJS.WritableStream,
  lines: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  let block = ''
  for (const line of lines) {
    block += line
    if (block.length < 65_536) continue
    await writeFully(stream, block)
    signal.throwIfAborted()
    block = ''
  }
  if (block !== '') await writeFully(stream, block)
}

export function isBrokenPipe(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED'
}
