import { ContangoError } from '../../kernel/errors.js'
import type { CombinatorialPlan } from './combinatorial.js'

type Groups = Pick<CombinatorialPlan, 'groups' | 'testGroups'>

/** Ten stretches, two of them tested: 45 splits, 9 paths. */
export const USUAL_GROUPS: Groups = { groups: 10, testGroups: 2 }

/** `6:2`: six stretches of time, two of them tested at a time; `auto` takes {@link USUAL_GROUPS} where they fit; null for `none`. */
export function parseGroups(text: string): Groups | 'auto' | null {
  if (text === 'none') return null
  if (text === 'auto') return 'auto'
  const [, groups, testGroups] = (/^(\d{1,3}):(\d{1,3})$/.exec(text) ?? []).map(Number)
  if (groups >= 2 && testGroups >= 1 && testGroups < groups) return { groups, testGroups }
  throw new ContangoError(
    'usage',
    'BAD_GROUPS',
    `--cpcv takes N:K, K of N stretches tested at a time with K from 1 to N − 1, auto or none, not "${text}"`,
    '--cpcv 10:2',
    { cpcv: text },
  )
}
