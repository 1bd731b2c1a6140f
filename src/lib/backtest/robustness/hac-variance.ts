/**
 * Long-run variance Σ_k γ(k) of a series about zero by the quadratic spectral kernel, whitened by an AR(1) before and coloured
 * again after, bandwidth 1.3221(α̂ n)^⅕ with α̂ = 4ρ² ÷ (1 − ρ)⁴ of the whitened series. D. W. K. Andrews (1991),
 * "Heteroskedasticity and Autocorrelation Consistent Covariance Matrix Estimation"; D. W. K. Andrews, J. C. Monahan (1992).
 */
export function hacVariance(values: Float64Array): number {
  const n = values.length
  // Near a unit root whitening would blow up what is left.
  const rho = Math.max(-0.97, Math.min(0.97, firstOrder(values)))
  const white = new Float64Array(n - 1)
  for (let i = 0; i < white.length; i++) white[i] = values[i + 1] - rho * values[i]
  const left = firstOrder(white)
  const alpha = (4 * left * left) / (1 - left) ** 4
  const bandwidth = 1.3221 * (alpha * white.length) ** 0.2
  let variance = covariance(white, 0)
  for (let lag = 1; lag < white.length; lag++) {
    const weight = bandwidth > 0 ? quadraticSpectral(lag / bandwidth) : 0
    if (lag > 8 * bandwidth + 1 && Math.abs(weight) < 1e-4) break
    variance += 2 * weight * covariance(white, lag)
  }
  return Math.max(0, variance) / (1 - rho) ** 2
}

function firstOrder(values: Float64Array): number {
  let product = 0
  let squares = 0
  for (let i = 1; i < values.length; i++) {
    product += values[i] * values[i - 1]
    squares += values[i - 1] * values[i - 1]
  }
  return squares > 0 ? product / squares : 0
}

function covariance(values: Float64Array, lag: number): number {
  let sum = 0
  for (let i = lag; i < values.length; i++) sum += values[i] * values[i - lag]
  return sum / values.length
}

function quadraticSpectral(x: number): number {
  const d = (6 * Math.PI * x) / 5
  return (3 / (d * d)) * (Math.sin(d) / d - Math.cos(d))
}
