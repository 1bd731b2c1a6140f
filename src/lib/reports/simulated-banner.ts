import type { Provenance } from '../market/dataset.js'
import { markup, type Markup, NOTHING } from './markup.js'

/** Stands above everything where a price of the report was simulated; nothing elsewhere. */
export function simulatedBanner(inputs: readonly Pick<Provenance, 'series' | 'simulated'>[]): Markup {
  if (!inputs.some((series) => series.simulated)) return NOTHING
  const names = [...new Set(inputs.filter((series) => series.simulated).map(({ series }) => series))]
  const which = inputs.every((series) => series.simulated)
    ? 'Every price in this report was'
    : `The prices of ${names.join(', ')} were`
  return markup`<p class="simulated" role="note">SIMULATED DATA. ${which} made by contango’s simulator; none of it is the market.</p>\n`
}
