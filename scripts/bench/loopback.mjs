import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A vendor in a process of its own while `work` runs; it prints its port. */
export async function withLoopback(script, work) {
  const server = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const port = await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.stdout.once('data', (chunk) => resolve(String(chunk).trim()))
    })
    return await work(port)
  } finally {
    server.kill()
  }
}
