import type { ProductSignals } from '../documents/signals.js'
import type { IssuedSignal } from '../store/signal-log.js'

/** What an answer of `contango signals` says, as the log keeps it: the composite and every signal that is known. */
export function issuedSignals(products: readonly ProductSignals[], version: string): IssuedSignal[] {
  return products.flatMap(({ product, date, composite, signals, simulated }) => {
    const common = { product, date, simulated, version }
    return [
      {
        ...common,
        name: 'composite',
        family: 'composite',
        direction: composite.direction,
        score: composite.score,
        confidence: composite.confidence,
        value: composite.score,
        unit: 'score',
        knownOn: composite.knownOn,
        reason: composite.reason,
        parameters: {},
        numbers: [],
      },
      ...signals.map(
        ({ name, family, direction, score, confidence, value, unit, knownOn, reason, parameters, numbers }) => ({
          ...common,
          name,
          family,
          direction,
          score,
          confidence,
          value,
          unit,
          knownOn,
          reason,
          parameters,
          numbers,
        }),
      ),
    ]
  })
}
