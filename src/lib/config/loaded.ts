import type { ConfigIssue } from './config-issue.js'

/** What a loader returns, so that `config check` can list the mistakes of all files instead of the first throw. */
export type Loaded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly ConfigIssue[] }
