/**
 * Hill's estimate of ξ = 1 ÷ tail index from the k greatest losses: (1/k)·Σ ln(loss_i ÷ loss_{k+1}). It knows heavy tails
 * only, ξ > 0: far above the ξ of a fitted generalised Pareto, it says that the tail is not a power of the loss yet.
 * B. Hill (1975), "A Simple General Approach to Inference About the Tail of a Distribution".
 * @param losses ascending, losses positive
 * @returns null where there are not k + 1 positive losses: a logarithm needs them
 */
export function hillIndex(losses: Float64Array, k: number): number | null {
  const n = losses.length
  const floor = losses[n - k - 1]
  if (k < 1 || n <= k || !(floor > 0)) return null
  let sum = 0
  for (let i = n - k; i < n; i++) sum += Math.log(losses[i] / floor)
  return sum / k
}
