import { ContangoError } from '../kernel/errors.js'

/** Before anything is computed. */
export function requireReportFile(file: string | undefined): void {
  if (file === undefined || /\.html?$/i.test(file)) return
  throw new ContangoError(
    'usage',
    'REPORT_ENDING',
    `a report is HTML, and "${file.replace(/^.*\//, '')}" does not say so`,
    '--report report.html',
  )
}
