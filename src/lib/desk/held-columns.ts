import { ContangoError } from '../kernel/errors.js'
import type { HeldColumn } from '../risk/changes-pnl.js'

/** The positions that `--position COLUMN=LOTS` and `--multiplier COLUMN=N` describe. */
export function heldColumns(positions: readonly string[], multipliers: readonly string[]): HeldColumn[] {
  const perColumn = new Map(multipliers.map((text) => pair('multiplier', text)))
  const seen = new Set<string>()
  const held = positions.map((text) => {
    const [id, lots] = pair('position', text)
    if (lots === 0) {
      throw new ContangoError('usage', 'ZERO_LOTS', `--position ${text}: zero lots are no position`, undefined, { id })
    }
    if (seen.has(id)) throw new ContangoError('usage', 'POSITION_TWICE', `--position names ${id} twice`)
    seen.add(id)
    const multiplier = perColumn.get(id) ?? 1
    if (!(multiplier > 0)) {
      throw new ContangoError('usage', 'BAD_FLAG_VALUE', `--multiplier ${id}=${multiplier}: it must be above zero`)
    }
    return { id, lots, multiplier }
  })
  const unused = [...perColumn.keys()].find((id) => !seen.has(id))
  if (unused !== undefined) {
    throw new ContangoError('usage', 'NO_SUCH_POSITION', `--multiplier names ${unused}, which has no --position`)
  }
  return held
}

/** `CL=-2.5` as a name and a number; the last sign separates, since columns such as CL=F hold one. */
function pair(flag: string, text: string): [name: string, value: number] {
  const at = text.lastIndexOf('=')
  const value = at > 0 && /\S/.test(text.slice(at + 1)) ? Number(text.slice(at + 1)) : Number.NaN
  if (!Number.isFinite(value)) {
    throw new ContangoError('usage', 'BAD_FLAG_VALUE', `--${flag} takes COLUMN=NUMBER such as CL=10, not "${text}"`)
  }
  return [text.slice(0, at), value]
}
