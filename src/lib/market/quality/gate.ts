import type { DatasetColumns } from '../dataset.js'
import type { Market } from '../market.js'
import type { Gated } from '../quality.js'
import { gateBars } from './gate-bars.js'
import { gateCurves } from './gate-curves.js'
import { gateIntraday } from './gate-intraday.js'
import { gateSeries } from './gate-series.js'
import { gateTicks } from './gate-ticks.js'

/** The quality gate of any dataset. */
export function gateDataset(market: Market, columns: DatasetColumns): Gated<DatasetColumns> {
  switch (columns.kind) {
    case 'curves':
      return gateCurves(market, columns)
    case 'bars':
      return gateBars(market, columns)
    case 'series':
      return gateSeries(columns)
    case 'ticks':
      return gateTicks(columns)
    case 'intraday':
      return gateIntraday(columns)
  }
}
