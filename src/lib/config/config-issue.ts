import { ContangoError } from '../kernel/errors.js'

/** One mistake in one place of the configuration. */
export interface ConfigIssue {
  /** `contango.yaml`, `config/instruments.yaml`, `user config.yaml` or `env NAME`: never a full path. */
  readonly file: string
  /** From 1; null where the whole file is meant. */
  readonly line: number | null
  readonly column: number | null
  /** `products.CL.tick`; empty where the whole file is meant. */
  readonly path: string
  readonly message: string
}

/** `config/spreads.yaml:12:7 spreads.0.legs: expected array, received string` */
export function issueText(issue: ConfigIssue): string {
  const place = [issue.file, issue.line, issue.column].filter((part) => part !== null).join(':')
  return issue.path === '' ? `${place} ${issue.message}` : `${place} ${issue.path}: ${issue.message}`
}

/** Every mistake at once: whoever edits a file should not have to find them one run at a time. */
export function badConfig(
  issues: readonly ConfigIssue[],
  hint = 'contango config check lists every mistake in every file',
): ContangoError {
  const lines = issues.map(issueText)
  const message =
    lines.length === 1 ? lines[0] : [`${lines.length} mistakes in the configuration`, ...lines].join('\n  ')
  return new ContangoError('config', 'BAD_CONFIG', message, hint, { issues })
}
