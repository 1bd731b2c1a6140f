import { readdirSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { badConfig } from '../config/config-issue.js'
import { readYamlFile, type YamlFile } from '../config/yaml-file.js'
import { validateYaml } from '../config/validate-yaml.js'
import { ContangoError } from '../kernel/errors.js'
import { JobSchema, type JobInput } from './job-schema.js'

const FOLDER = 'jobs'
const ENDINGS = ['.yaml', '.yml', '.json']
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/

/** Where jobs may stand; the workspace's go before those that are built in. */
export interface JobFolders {
  readonly workspaceDir: string
  readonly builtInDir: string
}

/** A job file that was found. */
export interface JobPlace {
  /** Base name without its ending: what lock and ledger call the job. */
  readonly job: string
  readonly path: string
  /** `config/jobs/daily-risk.yaml`; a file of the user's by its base name. */
  readonly label: string
  readonly origin: 'workspace' | 'built-in' | 'user'
}

/** A job as it is written. */
export interface JobFile extends JobPlace {
  readonly yaml: YamlFile
  readonly input: JobInput
}

/** Every job of `config/jobs/`, by name; a workspace's file hides the built-in one. */
export function listJobs({ workspaceDir, builtInDir }: JobFolders): JobPlace[] {
  const found = new Map<string, JobPlace>()
  const places = [
    { dir: workspaceDir, origin: 'workspace' as const },
    ...(builtInDir === workspaceDir ? [] : [{ dir: builtInDir, origin: 'built-in' as const }]),
  ]
  for (const { dir, origin } of places) {
    for (const file of filesIn(join(dir, FOLDER))) {
      const job = basename(file, extname(file))
      if (!found.has(job))
        found.set(job, { job, path: join(dir, FOLDER, file), label: `config/${FOLDER}/${file}`, origin })
    }
  }
  return [...found.values()].sort((a, b) => (a.job < b.job ? -1 : 1))
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.') && ENDINGS.includes(extname(name).toLowerCase()))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * Finds a job: an existing file by its path, else by name in `config/jobs/`.
 * @throws usage UNKNOWN_JOB, JOB_NAME
 */
export function findJob(reference: string, folders: JobFolders, resolveFile: (file: string) => string): JobPlace {
  const isPath = /[\\/]/.test(reference) || ENDINGS.includes(extname(reference).toLowerCase())
  const path = resolveFile(reference)
  if (isPath && statSync(path, { throwIfNoEntry: false })?.isFile() === true) return ownFile(path)
  const known = listJobs(folders)
  const name = basename(reference, ENDINGS.find((ending) => reference.toLowerCase().endsWith(ending)) ?? '')
  const found = /[\\/]/.test(reference) ? undefined : known.find(({ job }) => job === name)
  if (found) return found
  const names = known.map(({ job }) => job).join(', ')
  throw new ContangoError(
    'usage',
    'UNKNOWN_JOB',
    isPath ? `there is no job file "${basename(reference)}"` : `there is no job "${reference}" in config/${FOLDER}`,
    names === '' ? `write config/${FOLDER}/${name}.yaml: docs/jobs.md` : `one of ${names}, or the path of a job file`,
    { job: reference, jobs: known.map(({ job }) => job) },
  )
}

function ownFile(path: string): JobPlace {
  const label = basename(path)
  const job = basename(path, extname(path))
  if (!NAME.test(job)) {
    throw new ContangoError(
      'usage',
      'JOB_NAME',
      `"${label}" cannot be the name of a job`,
      'call the file by 1 to 64 letters, digits, ".", "_" and "-", without a leading dot',
      { file: label },
    )
  }
  return { job, path, label, origin: 'user' }
}

/** Reads and validates a job file. @throws config BAD_CONFIG with every mistake and its line */
export function readJob(place: JobPlace): JobFile {
  const read = readYamlFile(place.path, place.label)
  if (read === null) {
    throw badConfig([{ file: place.label, line: null, column: null, path: '', message: 'does not exist' }], HINT)
  }
  if (!read.ok) throw badConfig(read.issues, HINT)
  const checked = validateYaml(read.value, JobSchema)
  if (!checked.ok) throw badConfig(checked.issues, HINT)
  return { ...place, yaml: read.value, input: checked.value }
}

const HINT = 'correct these lines, then contango run validate; docs/jobs.md shows how a job is written'
