import { computeIndicator } from '../../../src/lib/signals/indicators/compute-indicator.js'
import type { Bars } from '../../../src/lib/signals/indicators/indicator.js'
import { parseIndicator } from '../../../src/lib/signals/indicators/parse-indicator.js'

/** The outputs of an indicator as a command line asks for it: `macd:12:26:9`. */
export function outputsOf(request: string, bars: Bars): Float64Array[] {
  const { indicator, params } = parseIndicator(request)
  return computeIndicator(indicator, bars, params)
}
