import type { z } from 'zod'
import type { ConfigIssue } from './config-issue.js'
import type { Loaded } from './loaded.js'
import type { YamlFile } from './yaml-file.js'
import type { YamlPath } from './yaml-position.js'

type ZodIssue = z.core.$ZodIssue

/** Validates a file against its schema; each mistake names the YAML path and stands at its line. */
export function validateYaml<Schema extends z.ZodType>(file: YamlFile, schema: Schema): Loaded<z.output<Schema>> {
  if (file.value === null) return { ok: false, issues: [wholeFile(file, 'is empty')] }
  const result = schema.safeParse(file.value, { jitless: true }) // one small value: compiling would cost more than it saves
  if (result.success) return { ok: true, value: result.data }
  const issues = result.error.issues.flatMap((issue) => configIssues(file, issue, []))
  return {
    ok: false,
    issues: issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)),
  }
}

function wholeFile(file: YamlFile, message: string): ConfigIssue {
  return { file: file.label, line: null, column: null, path: '', message }
}

function configIssues(file: YamlFile, issue: ZodIssue, above: YamlPath): ConfigIssue[] {
  const path = [...above, ...issue.path]
  const at = (where: YamlPath, part: 'key' | 'value', message: string): ConfigIssue => ({
    file: file.label,
    ...file.positionOf(where, part),
    path: where.map(String).join('.'),
    message,
  })
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => at([...path, key], 'key', unknownKeyMessage(key)))
  }
  if (issue.code === 'invalid_key') {
    return [at(path, 'key', issue.issues.map((inner) => plainMessage(inner)).join('; '))]
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors)
    return branch
      ? branch.flatMap((inner) => configIssues(file, inner, path))
      : [at(path, 'value', plainMessage(issue))]
  }
  return [at(path, 'value', plainMessage(issue))]
}

/** The alternative that came nearest to fitting: the one whose mistakes lie deepest. */
function closestBranch(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | null {
  const depthOf = (branch: readonly ZodIssue[]): number => Math.max(...branch.map((issue) => issue.path.length))
  const deepest = Math.max(...branches.map(depthOf))
  if (!(deepest > 0)) return null
  return branches.find((branch) => depthOf(branch) === deepest) ?? null
}

function unknownKeyMessage(key: string): string {
  return /key|token|secret|password/i.test(key)
    ? 'unknown key; secrets come from the environment or a file of their own, never from the configuration'
    : 'unknown key'
}

/** zod's words without its preamble; a value that is not there is missing, not "undefined". */
export function plainMessage(issue: ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return issue.errors.map((branch) => branch.map(plainMessage).join(', ')).join(', or ')
  }
  const words = issue.message.replace(/^Invalid (input|option|string): /, '')
  return words.replace(/^expected (.*), received undefined$/, 'is missing (expected $1)')
}
