/** Says something the first time only. */
export function once(say: (message: string) => void): (message: string) => void {
  let said = false
  return (message) => {
    if (!said) say(message)
    said = true
  }
}
