/** What became of one line of a preset. */
export interface FetchedLine {
  /** As it stands in `config/sources.yaml`: `eia --preset weekly`. */
  readonly line: string
  readonly source: string
  readonly exitCode: number
  /** Datasets that it wrote or found up to date. */
  readonly datasets: number
  readonly added: number
  readonly revised: number
  readonly dropped: number
  readonly errorCode: string | null
  readonly message: string | null
}

export interface FetchAllOptions {
  readonly lines: readonly string[]
  /** Runs `contango fetch <words>` and answers with its exit code and its document. */
  readonly run: (words: readonly string[]) => Promise<{ readonly exitCode: number; readonly document: unknown }>
  readonly signal: AbortSignal
  readonly onLine: (line: string) => void
}

/**
 * Runs every line of a preset: lines of one source one after another, so that its limits hold, the sources side by side.
 * A line that fails stops no other. Results in the order of the preset.
 */
export async function fetchAll({ lines, run, signal, onLine }: FetchAllOptions): Promise<FetchedLine[]> {
  const bySource = new Map<string, number[]>()
  lines.forEach((line, i) => {
    const source = sourceOf(line)
    bySource.set(source, [...(bySource.get(source) ?? []), i])
  })
  const results: FetchedLine[] = []
  await Promise.all(
    [...bySource.values()].map(async (positions) => {
      for (const i of positions) {
        if (signal.aborted) return
        const line = lines[i]
        results[i] = fetchedLine(line, await run(line.split(/ +/)))
        onLine(line)
      }
    }),
  )
  signal.throwIfAborted()
  return results
}

export function sourceOf(line: string): string {
  return line.split(' ')[0]
}

interface AnyDocument {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | null
}

function fetchedLine(line: string, { exitCode, document }: { exitCode: number; document: unknown }): FetchedLine {
  const { data, error } = (typeof document === 'object' && document !== null ? document : {}) as AnyDocument
  // every fetch command lists what it wrote with `added`, whatever it calls the list
  const written = Object.values(data ?? {}).flatMap((value) =>
    Array.isArray(value)
      ? value.filter(
          (one): one is Record<string, unknown> => typeof (one as { added?: unknown } | null)?.added === 'number',
        )
      : [],
  )
  const sum = (name: string): number =>
    written.reduce((total, one) => total + (typeof one[name] === 'number' ? one[name] : 0), 0)
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return {
    line,
    source: sourceOf(line),
    exitCode,
    datasets: written.length,
    added: sum('added'),
    revised: sum('revised'),
    dropped: sum('dropped'),
    errorCode: text(error?.code),
    message: text(error?.message),
  }
}
