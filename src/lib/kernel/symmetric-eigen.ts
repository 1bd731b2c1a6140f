import { ContangoError } from './errors.js'

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array
  /** Row k is the unit eigenvector of `values[k]`; its entry of largest size is positive. */
  readonly vectors: Float64Array
}

const MAX_SWEEPS = 60

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations: A = Σ λ_k v_k v_kᵀ.
 * G. H. Golub, C. F. Van Loan, "Matrix Computations", §8.5. Small eigenvalues keep their relative precision.
 * @param matrix n × n, row-major, symmetric
 * @throws numeric EIGEN_NOT_FINITE where an entry is NaN or infinite
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (!matrix.every(Number.isFinite)) {
    throw new ContangoError('numeric', 'EIGEN_NOT_FINITE', 'the matrix has an entry that is no finite number')
  }
  const a = Float64Array.from(matrix)
  const rows = new Float64Array(n * n)
  for (let i = 0; i < n; i++) rows[i * n + i] = 1
  for (let sweep = 0; sweep < MAX_SWEEPS && rotateOnce(a, rows, n); sweep++);
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => a[j * n + j] - a[i * n + i] || i - j)
  const values = Float64Array.from(order, (k) => a[k * n + k])
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => vectors.set(facingUp(rows.subarray(from * n, from * n + n)), to * n))
  return { values, vectors }
}

/** One sweep over all pairs; false once nothing off the diagonal counts any more. */
function rotateOnce(a: Float64Array, rows: Float64Array, n: number): boolean {
  let rotated = false
  for (let p = 0; p < n - 1; p++) {
    for (let q = p + 1; q < n; q++) {
      const off = a[p * n + q]
      const scale = Math.sqrt(Math.abs(a[p * n + p])) * Math.sqrt(Math.abs(a[q * n + q]))
      if (off === 0 || Math.abs(off) <= 1e-17 * scale || Math.abs(off) < Number.MIN_VALUE / Number.EPSILON) continue
      rotated = true
      const theta = (a[q * n + q] - a[p * n + p]) / (2 * off)
      const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
      const cosine = 1 / Math.sqrt(tangent * tangent + 1)
      const sine = tangent * cosine
      for (let k = 0; k < n; k++) {
        const kp = a[k * n + p]
        const kq = a[k * n + q]
        a[k * n + p] = cosine * kp - sine * kq
        a[k * n + q] = sine * kp + cosine * kq
      }
      for (let k = 0; k < n; k++) {
        const pk = a[p * n + k]
        const qk = a[q * n + k]
        a[p * n + k] = cosine * pk - sine * qk
        a[q * n + k] = sine * pk + cosine * qk
        const vp = rows[p * n + k]
        const vq = rows[q * n + k]
        rows[p * n + k] = cosine * vp - sine * vq
        rows[q * n + k] = sine * vp + cosine * vq
      }
      a[p * n + q] = 0
      a[q * n + p] = 0
    }
  }
  return rotated
}

function facingUp(vector: Float64Array): Float64Array {
  let largest = 0
  for (let i = 1; i < vector.length; i++) if (Math.abs(vector[i]) > Math.abs(vector[largest])) largest = i
  return vector[largest] < 0 ? vector.map((value) => -value) : vector
}
