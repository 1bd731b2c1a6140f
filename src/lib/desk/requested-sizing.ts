import type { SizingSettings } from '../backtest/prepare-sizing.js'
import type { SizingKind, SizingRule } from '../execution/sizing.js'
import { ContangoError } from '../kernel/errors.js'

/** The flags of sizing, as parsed. */
export interface SizingFlags {
  readonly sizing?: SizingKind
  readonly 'equity-fraction'?: number
  readonly 'fraction-of'?: 'notional' | 'risk'
  readonly 'target-vol'?: number
  readonly 'atr-multiple'?: number
  readonly 'sizing-window'?: number
  readonly 'max-lots'?: number
  readonly 'max-leverage'?: number
  readonly resize?: SizingSettings['resize']
  readonly 'resize-band'?: number
}

/** Which kinds a parameter belongs to; the caps and --resize go with all. */
const BELONGS_TO: readonly (readonly [keyof SizingFlags, readonly SizingKind[]])[] = [
  ['equity-fraction', ['fraction', 'atr']],
  ['fraction-of', ['fraction']],
  ['target-vol', ['vol-target']],
  ['atr-multiple', ['atr']],
  ['sizing-window', ['fraction', 'vol-target', 'atr']],
]

/** What the command line says of size, null if nothing; a parameter that its kind does not know is refused. */
export function requestedSizing(
  flags: SizingFlags,
  { lots, stopLoss }: { lots: number; stopLoss: number | null },
): SizingSettings | null {
  const { sizing } = flags
  for (const [flag, kinds] of BELONGS_TO) {
    if (flags[flag] === undefined || (sizing !== undefined && kinds.includes(sizing))) continue
    throw new ContangoError(
      'usage',
      'SIZING_FLAG',
      `--${flag} says nothing ${sizing === undefined ? 'without --sizing' : `under --sizing ${sizing}`}`,
      `--sizing ${kinds.join(' or --sizing ')}`,
      { flag, sizing: sizing ?? null },
    )
  }
  const silent = (['sizing', 'max-lots', 'max-leverage', 'resize', 'resize-band'] as const).every(
    (flag) => flags[flag] === undefined,
  )
  if (silent) return null
  return {
    rule: sizing === undefined ? null : ruleOf(sizing, flags, lots, stopLoss),
    caps: {
      maxLots: flags['max-lots'] ?? null,
      maxLeverage: flags['max-leverage'] ?? null,
    },
    resize: flags.resize ?? null,
    resizeBand: flags['resize-band'] ?? null,
  }
}

function ruleOf(sizing: SizingKind, flags: SizingFlags, lots: number, stopLoss: number | null): SizingRule {
  const fraction = flags['equity-fraction']
  const window = flags['sizing-window']
  switch (sizing) {
    case 'fixed':
      return { kind: 'fixed', lots }
    case 'vol-target':
      return { kind: 'vol-target', targetVol: flags['target-vol'] ?? 0.15, window: window ?? 60 }
    case 'atr':
      return { kind: 'atr', fraction: fraction ?? 0.01, multiple: flags['atr-multiple'] ?? 2, window: window ?? 20 }
    case 'fraction':
      if (flags['fraction-of'] !== 'risk') {
        return { kind: 'fraction', of: 'notional', fraction: fraction ?? 1, window: window ?? 20 }
      }
      if (stopLoss !== null) return { kind: 'fraction', of: 'risk', fraction: fraction ?? 0.01 }
      throw new ContangoError(
        'usage',
        'RISK_NEEDS_STOP',
        '--fraction-of risk is the loss at a stop, and there is no --stop-loss',
        '--stop-loss 2, or --sizing atr',
      )
  }
}
