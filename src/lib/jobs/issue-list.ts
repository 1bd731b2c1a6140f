import type { ConfigIssue } from '../config/config-issue.js'
import type { YamlFile } from '../config/yaml-file.js'
import type { YamlPath } from '../config/yaml-position.js'

/** Mistakes of a job file, each with its line, each once. */
export interface IssueList {
  add(path: YamlPath, message: string, part?: 'key' | 'value'): void
  /** In the order of the file. */
  sorted(): ConfigIssue[]
  readonly count: number
  /** Something at or below a path is wrong. */
  under(path: YamlPath): boolean
}

export function issueList(yaml: YamlFile): IssueList {
  const found = new Map<string, ConfigIssue>()
  return {
    add(path, message, part = 'value') {
      const where = path.map(String).join('.')
      const key = `${where}\0${message}`
      if (!found.has(key)) found.set(key, { file: yaml.label, ...yaml.positionOf(path, part), path: where, message })
    },
    sorted: () =>
      [...found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
    get count() {
      return found.size
    },
    under(path) {
      const where = path.map(String).join('.')
      return [...found.values()].some((issue) => issue.path === where || issue.path.startsWith(`${where}.`))
    },
  }
}
