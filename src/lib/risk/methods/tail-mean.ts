/**
 * Expected shortfall of a sample: the mean of the worst n·p values, the last one by the fraction that is left of it.
 * C. Acerbi, D. Tasche (2002), "On the coherence of expected shortfall". Losses positive.
 * @param ascending sorted P&L
 * @param tail p = 1 − confidence
 */
export function tailMeanLoss(ascending: ArrayLike<number>, tail: number): number {
  const wanted = ascending.length * tail
  const whole = Math.min(ascending.length, Math.floor(wanted))
  let sum = 0
  for (let i = 0; i < whole; i++) sum += ascending[i]
  if (whole < ascending.length) sum += (wanted - whole) * ascending[whole]
  return -sum / wanted
}

/**
 * Mean loss of the days at or below a quantile, each of them counted in full: what many desks call ES. Biased where n·p is
 * not whole. Losses positive.
 * @param ascending sorted P&L
 * @param value the quantile, not below the lowest of them
 */
export function meanLossBeyond(ascending: ArrayLike<number>, value: number): number {
  let sum = 0
  let count = 0
  while (count < ascending.length && ascending[count] <= value) sum += ascending[count++]
  return -sum / count
}
