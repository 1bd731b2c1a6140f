import { FILL_REASONS, type FillRows, type TradeRows } from '../records.js'

const ROLL = FILL_REASONS.indexOf('roll')

/**
 * What closed each round trip, as a position in `FILL_REASONS`: the reason of the fill on its last bar that goes the other way in
 * the first leg of its instrument. −1 where there is none such.
 * @param legSign 1 where the first leg is bought with the instrument, −1 where it is sold
 */
export function exitReasons(trades: TradeRows, fills: FillRows, legSign: (instrument: number) => number): Int8Array {
  const reasons = new Int8Array(trades.lots.length).fill(-1)
  let from = 0
  for (let t = 0; t < reasons.length; t++) {
    const bar = trades.exitBar[t]
    while (from < fills.bar.length && fills.bar[from] < bar) from++
    const instrument = trades.instrument[t]
    const closing = -Math.sign(trades.lots[t]) * legSign(instrument)
    for (let f = from; f < fills.bar.length && fills.bar[f] === bar; f++) {
      const own = fills.instrument[f] === instrument && fills.leg[f] === 0 && fills.reason[f] !== ROLL
      if (own && Math.sign(fills.lots[f]) === closing) reasons[t] = fills.reason[f]
    }
  }
  return reasons
}
