/** One step into a document: a member of an object, or an element of a list with what tells it from its neighbours. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | {
      readonly kind: 'element'
      /** Place in the older list, or in the newer one where the element is new. */
      readonly index: number
      /** `method` → `normal`, `confidence` → `0.95`; empty where elements are told apart by their place. */
      readonly keys: readonly (readonly [name: string, value: string])[]
    }

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/

/** `data.results[method=normal,confidence=0.95].varUsd`; a member whose name is no word stands as `["equity.final"]`. */
export function pathText(steps: readonly Step[]): string {
  let text = ''
  for (const step of steps) {
    if (step.kind === 'element') {
      text +=
        step.keys.length === 0
          ? `[${step.index}]`
          : `[${step.keys.map(([name, value]) => `${name}=${value}`).join(',')}]`
    } else if (PLAIN_NAME.test(step.name)) text += text === '' ? step.name : `.${step.name}`
    else text += `[${JSON.stringify(step.name)}]`
  }
  return text
}
