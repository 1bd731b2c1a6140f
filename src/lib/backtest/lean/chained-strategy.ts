import type { IndicatorCache } from '../indicator-cache.js'
import type { PriceBars } from '../price-bars.js'
import type { Decide, ParameterValues, Strategy, Target } from '../strategy.js'

/** Parameters that are traded on the bars `from` to `until`, the latter not among them. */
export interface ChainLink {
  readonly from: number
  readonly until: number
  readonly values: ParameterValues
}

/**
 * One strategy with other parameters from time to time, as walking forward trades it: on each stretch what its own
 * parameters say, had they been followed since their warm-up. A change of parameters trades what the new ones hold and the old
 * ones did not; between stretches it is flat. It takes no parameters of its own. A rule of size that depends on parameters is that
 * of the first stretch.
 * @param links ascending, not overlapping, each `from` ≥ 1
 */
export function chainedStrategy(strategy: Strategy, links: readonly ChainLink[]): Strategy {
  const first = links.length === 0 ? Infinity : links[0].from - 1
  const sizing = links.length === 0 ? undefined : strategy.sizing?.(links[0].values)
  return {
    name: strategy.name,
    summary: strategy.summary,
    rule: strategy.rule,
    parameters: [],
    namesOrders: strategy.namesOrders,
    sizing: sizing && (() => sizing),
    firstDecisionBar: () => first,
    prepare(bars: PriceBars, _: ParameterValues, cached?: IndicatorCache) {
      let link = -1
      let decide: Decide = () => 0
      let warmedUp = 0
      let held: Target = 0
      let isAsked = false
      const chained: Decide = (bar) => {
        isAsked = false
        // What is decided at this close is held on the next bar.
        const next = link < 0 ? 0 : bar + 1 >= links[link].until ? link + 1 : link
        if (next >= links.length || bar + 1 < links[next].from) return 0
        if (next !== link) {
          link = next
          const { values } = links[link]
          decide = strategy.prepare(bars, values, cached)
          warmedUp = strategy.firstDecisionBar(values)
          held = 0
        }
        isAsked = warmedUp <= bar
        for (; warmedUp <= bar; warmedUp++) held = decide(warmedUp, held)
        return held
      }
      return strategy.namesOrders === true
        ? Object.assign(chained, { orders: () => (isAsked ? (decide.orders?.() ?? null) : null) })
        : chained
    },
  }
}
