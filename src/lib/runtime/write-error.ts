import { ContangoError } from '../kernel/errors.js'

const REASONS: Readonly<Record<string, readonly [code: string, says: string, hint: string]>> = {
  ENOSPC: ['DISK_FULL', 'the disk is full', 'free some space and run the command again; nothing was half-written'],
  EDQUOT: [
    'DISK_FULL',
    'the disk quota is used up',
    'free some space and run the command again; nothing was half-written',
  ],
  EROFS: ['NOT_WRITABLE', 'the file system is read-only', 'choose another folder with -o FILE or --home DIR'],
  EACCES: ['NOT_WRITABLE', 'permission denied', 'choose another folder with -o FILE or --home DIR'],
  EPERM: ['NOT_WRITABLE', 'not permitted', 'choose another folder with -o FILE or --home DIR'],
  ENOENT: ['FOLDER_MISSING', 'its folder does not exist', 'make the folder first: mkdir -p'],
  ENOTDIR: ['FOLDER_MISSING', 'its folder is a file', 'choose another folder'],
  EISDIR: ['NOT_A_FILE', 'it is a folder', 'give a file name'],
}

/**
 * A failed write in words: what could not be written and why. Anything that is not a known file-system
 * error is returned as it came.
 * @param what base name of the file, or the thing in words; never a full path
 */
export function writeError(what: string, error: unknown): unknown {
  const errno = (error as NodeJS.ErrnoException | null)?.code
  const reason = errno === undefined ? undefined : REASONS[errno]
  if (!reason) return error
  return new ContangoError(
    'config',
    reason[0],
    `cannot write ${what}: ${reason[1]}`,
    reason[2],
    { what },
    { cause: error },
  )
}
