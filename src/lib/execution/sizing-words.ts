import type { SizingRule } from './sizing.js'

/** The formula of a rule with its numbers, as it is computed on bars of so many a year. */
export function sizingWords(rule: SizingRule, barsPerYear = 252): string {
  switch (rule.kind) {
    case 'fixed':
      return `fixed: ${rule.lots} × target, to the nearest lot`
    case 'vol-target':
      return `vol-target: target × ${rule.targetVol} × equity ÷ (multiplier × deviation (ddof 1) of the last ${rule.window} price changes × √${Number(barsPerYear.toPrecision(6))}), to the nearest lot`
    case 'atr':
      return `atr: target × ${rule.fraction} × equity ÷ (multiplier × ${rule.multiple} × Wilder’s average true range of ${rule.window} bars), within it`
    case 'fraction':
      return rule.of === 'risk'
        ? `fraction: target × ${rule.fraction} × equity ÷ (multiplier × distance to the stop), within it`
        : `fraction: target × ${rule.fraction} × equity ÷ (multiplier × largest |price| of the last ${rule.window} bars), within it`
  }
}
