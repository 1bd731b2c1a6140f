/**
 * `1,240/s, 12 s left`: how fast work goes and how long the rest takes at that pace.
 * @returns nothing before something is done
 */
export function paceText(done: number, total: number, elapsedMs: number): string {
  if (done <= 0 || elapsedMs <= 0) return ''
  const perSecond = (1000 * done) / elapsedMs
  const rate = perSecond >= 10 ? perSecond.toFixed(0).replaceAll(/\B(?=(\d{3})+$)/g, ',') : perSecond.toFixed(1)
  return `${rate}/s, ${spanText((total - done) / perSecond)} left`
}

function spanText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
