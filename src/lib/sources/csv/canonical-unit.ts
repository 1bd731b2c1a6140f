const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'USD/bbl': ['usd/bbl', '$/bbl', 'usd/barrel', '$/barrel', 'usd per barrel', 'dollars per barrel'],
  'USD/gal': ['usd/gal', '$/gal', 'usd/gallon', '$/gallon', 'usd per gallon', 'dollars per gallon'],
  'USc/gal': ['usc/gal', 'cts/gal', 'cents/gal', 'c/gal', 'cpg', 'cents per gallon'],
  'USD/t': ['usd/t', '$/t', 'usd/mt', '$/mt', 'usd/tonne', '$/tonne', 'usd per tonne'],
  'USD/MMBtu': ['usd/mmbtu', '$/mmbtu', 'dollars per million btu'],
  kbbl: ['kbbl', 'thousand barrels', 'thousand bbl'],
  'kb/d': ['kb/d', 'kbd', 'thousand barrels per day'],
  'million b/d': ['million b/d', 'mbd', 'mmb/d', 'mmbbl/d', 'million barrels per day'],
  Bcf: ['bcf'],
  '%': ['%', 'percent', 'per cent', 'pct'],
  contracts: ['contracts', 'lots'],
  index: ['index', 'points'],
}

const BY_SPELLING = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit] as const)),
)

/** One spelling for each unit: `$/BBL` is USD/bbl. An unknown unit stays as it was written. */
export function canonicalUnit(text: string): string {
  return BY_SPELLING.get(text.trim().toLowerCase().replace(/\s+/g, ' ')) ?? text.trim()
}
