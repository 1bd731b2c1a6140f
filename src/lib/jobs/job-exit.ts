/** From what must not be overlooked to what is an answer. */
const ORDER = [130, 143, 1, 2, 3, 8, 9, 7, 6, 5, 4, 10]

/** The exit code of a job: the first of 130, 143, 1, 2, 3, 8, 9, 7, 6, 5, 4, 10 that one of its steps ended with, else 0. */
export function jobExitCode(exitCodes: Iterable<number>): number {
  const codes = new Set<number>()
  for (const code of exitCodes) codes.add(code === 0 || ORDER.includes(code) ? code : 1)
  return ORDER.find((code) => codes.has(code)) ?? 0
}
