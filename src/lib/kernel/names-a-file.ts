/** A word that is a file and no name out of a list: it has a dot or a separator of folders. `./mine.ts`, `signals.csv`. */
export function namesAFile(word: string): boolean {
  return /[./\\]/.test(word)
}
