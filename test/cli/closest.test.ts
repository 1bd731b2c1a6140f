import { expect, it } from 'vitest'
import { closest } from '../../src/lib/cli/closest.js'

it('finds the command that was meant by a slip of the fingers', () => {
  expect(closest('spread', ['curve', 'spreads', 'prices'])).toBe('spreads')
})
it('offers nothing where nothing is near', () => {
  expect(closest('liquidate', ['curve', 'spreads', 'prices'])).toBeNull()
})
