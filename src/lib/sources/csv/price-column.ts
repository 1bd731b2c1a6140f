import { undoFloat32 } from './float32.js'
import type { ImportDesk } from './import-request.js'
import { numberColumn } from './number-column.js'
import type { SourceTable } from './source-table.js'

/** Counts that are said once for a file, whatever the number of its columns. */
export interface ColumnTally {
  missing: number
  grouped: number
  float32: number
}

export function newTally(): ColumnTally {
  return { missing: 0, grouped: 0, float32: 0 }
}

/** A column of numbers with 32-bit noise undone and its oddities counted. */
export async function priceColumn(
  desk: ImportDesk,
  table: SourceTable,
  column: number,
  tally: ColumnTally,
): Promise<Float64Array> {
  const { values, missing, grouped } = await numberColumn(table, column, desk.signal)
  tally.missing += missing
  tally.grouped += grouped
  tally.float32 += undoFloat32(values)
  return values
}

/** Says what was read otherwise than it stands in the file. */
export function sayTally({ warn }: ImportDesk, file: string, { grouped, float32 }: ColumnTally): void {
  if (grouped > 0) {
    warn('THOUSANDS_SEPARATORS', `${file}: ${grouped} numbers have thousands separators, read without them`, {
      file,
      numbers: grouped,
    })
  }
  if (float32 > 0) {
    warn(
      'FLOAT32_PRICES',
      `${file}: ${float32} numbers went through 32-bit floats (31.950000762939453); stored as the decimals they stand for (31.95)`,
      { file, numbers: float32 },
    )
  }
}
