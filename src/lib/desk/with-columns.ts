import type { RollRule } from '../market/roll.js'
import type { LoadedInstrument } from './loaded-instrument.js'
import type { SignalContext } from './signal-reader.js'

/** The instruments with the columns of their product that a strategy looks at; legs of several products have none. */
export async function withColumns(
  ctx: SignalContext,
  instruments: readonly LoadedInstrument[],
  names: readonly string[],
  roll: RollRule,
): Promise<readonly LoadedInstrument[]> {
  if (names.length === 0) return instruments
  const { loadStrategyColumns } = await import('./strategy-columns.js')
  const loaded: LoadedInstrument[] = []
  for (const instrument of instruments) {
    const { bars, legs } = instrument
    const { month } = legs[0]
    const product = legs.every((leg) => leg.product === legs[0].product) ? legs[0].product : null
    const { columns, until } = await loadStrategyColumns(ctx, { names, bars, product, month, roll })
    loaded.push({ ...instrument, bars: { ...bars, extra: columns, extraUntil: until } })
  }
  return loaded
}
