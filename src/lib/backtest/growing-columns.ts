/** Columns of numbers that grow by doubling: a record costs no object. */
export class GrowingColumns<Name extends string> {
  length = 0
  private columns: Record<Name, Float64Array>
  private capacity = 64

  constructor(private readonly names: readonly Name[]) {
    this.columns = this.sized(this.capacity)
  }

  /** Makes room for one more row and returns the columns to write it into, at index `length − 1`. */
  grow(): Record<Name, Float64Array> {
    if (this.length === this.capacity) {
      this.capacity *= 2
      const wider = this.sized(this.capacity)
      for (const name of this.names) wider[name].set(this.columns[name])
      this.columns = wider
    }
    this.length++
    return this.columns
  }

  /** Takes the last rows back. */
  shrinkTo(length: number): void {
    this.length = Math.min(this.length, length)
  }

  /** The rows written so far. */
  rows(): Record<Name, Float64Array> {
    const rows = {} as Record<Name, Float64Array>
    for (const name of this.names) rows[name] = this.columns[name].subarray(0, this.length)
    return rows
  }

  private sized(capacity: number): Record<Name, Float64Array> {
    const columns = {} as Record<Name, Float64Array>
    for (const name of this.names) columns[name] = new Float64Array(capacity)
    return columns
  }
}
