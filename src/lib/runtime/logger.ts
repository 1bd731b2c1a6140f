import { pino, type Logger } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** JSON lines on stderr, each passed through the redactor before it is written. */
export function createLogger(level: LogLevel, stderr: NodeJS.WritableStream, redact: (text: string) => string): Logger {
  return pino({ level, base: null }, { write: (line: string) => void stderr.write(redact(line)) })
}
