/**
 * Moves labels apart vertically as little as needed: the order stays, neighbours are at least `gapPx` apart and all
 * stay between 0 and `heightPx` where there is room.
 * @param wantedPx where each label would stand, pixels from the top
 */
export function placeLabels(wantedPx: readonly number[], gapPx: number, heightPx: number): number[] {
  const order = wantedPx.map((_, i) => i).sort((a, b) => wantedPx[a] - wantedPx[b] || a - b)
  const placed = order.map((i) => Math.min(Math.max(wantedPx[i], 0), heightPx))
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i], placed[i - 1] + gapPx)
  // What was pushed over the bottom edge pushes its neighbours up again.
  let limit = heightPx
  for (let i = placed.length - 1; i >= 0 && placed[i] > limit; i--) {
    placed[i] = limit
    limit -= gapPx
  }
  const result = new Array<number>(wantedPx.length)
  order.forEach((original, i) => (result[original] = placed[i]))
  return result
}
