import { expect, it } from 'vitest'
import { studentMixing, studentMixingTable } from '../../../src/lib/risk/monte-carlo/student-mixing.js'

it('the mixing factor is √((ν − 2) ÷ χ²) at the quantile of χ² of the same probability', () => {
  const table = studentMixingTable(5)
  // Quantiles of χ² with 5 degrees of freedom: median 4.35146, 97.5 % 12.8325, 1 % 0.554298.
  expect(studentMixing(table, 0)).toBeCloseTo(Math.sqrt(3 / 4.351460191095526), 9)
  expect(studentMixing(table, 1.959963984540054)).toBeCloseTo(Math.sqrt(3 / 12.832501994030027), 8)
  expect(studentMixing(table, -2.3263478740408408)).toBeCloseTo(Math.sqrt(3 / 0.5542980767282772), 8)
})

it('six standard deviations down it still has its digits: four degrees of freedom, where χ² has a closed form', () => {
  const nu = 4
  const table = studentMixingTable(nu)
  // ν = 4: P(χ² ≤ x) = 1 − e^(−x/2)(1 + x/2); at z = −6 that is 9.8658764503770e−10, x = 1.25645e−4.
  const x = 2 / studentMixing(table, -6) ** 2
  expect(-Math.expm1(-x / 2) - (x / 2) * Math.exp(-x / 2)).toBeCloseTo(9.865876450377e-10, 15)
})
