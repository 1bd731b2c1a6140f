// Writes what is derived from the code: schemas/, docs/commands.md, test/contract/commands.snapshot.txt and the compiled wasm/.
// `--check` writes nothing and fails, naming each file that is not what the code says.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import asc from 'assemblyscript/asc'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const checking = process.argv.includes('--check')
const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
const commands = Object.values(manifest.commands).sort((a, b) => (a.id < b.id ? -1 : 1))
const wanted = new Map()
const scratch = mkdtempSync(join(tmpdir(), 'contango-generate-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const { envelopeSchema } = await import(await bundled('scripts/envelope-schema.mjs'))
for (const command of commands) {
  const name = command.id.replaceAll(':', '-')
  const file = join(root, 'src/lib/documents', `${name}.ts`)
  if (!existsSync(file)) throw new Error(`${command.id} has no src/lib/documents/${name}.ts`)
  const documents = await import(await bundled(file))
  const dataName = `${name
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')}Data`
  const data = documents[dataName]
  if (!data) throw new Error(`${file} exports no ${dataName}`)
  const version = command.schemaVersion ?? 1
  wanted.set(
    `schemas/contango.${name}.${version}.schema.json`,
    `${JSON.stringify(envelopeSchema(`contango.${name}/${version}`, command.summary, data), null, 2)}\n`,
  )
}
const { errorSchema } = await import(await bundled('scripts/envelope-schema.mjs'))
wanted.set('schemas/contango.error.1.schema.json', `${JSON.stringify(errorSchema(), null, 2)}\n`)
const { jobFileSchema } = await import(await bundled('scripts/job-schema.mjs'))
wanted.set('schemas/contango.job.1.schema.json', jobFileSchema(commands))
wanted.set('docs/commands.md', commandReference())
wanted.set('test/contract/commands.snapshot.txt', snapshot())
wanted.set('src/lib/backtest/lean/lean-kernel-wasm.ts', await compiledKernel())

const stale = [...wanted]
  .filter(([file, text]) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== text)
  .map(([file]) => file)
const extra = existsSync(join(root, 'schemas'))
  ? readdirSync(join(root, 'schemas'))
      .map((file) => `schemas/${file}`)
      .filter((file) => !wanted.has(file))
  : []
if (checking) {
  for (const file of stale) process.stderr.write(`${file} is not what the code says\n`)
  for (const file of extra) process.stderr.write(`${file} belongs to no command\n`)
  if (stale.length + extra.length > 0) {
    process.stderr.write('run: node scripts/generate.mjs, and read the difference: it is the interface of the tool\n')
    process.exit(1)
  }
} else {
  for (const file of extra) rmSync(join(root, file))
  for (const [file, text] of wanted) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  console.log(`${wanted.size} files, ${stale.length} changed, ${extra.length} removed`)
}

/** wasm/lean-kernel.ts as a module that holds its code: the compiler is WebAssembly itself, so all machines make the same. */
async function compiledKernel() {
  let code = new Uint8Array()
  const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory']
  const { error, stderr } = await asc.main(['wasm/lean-kernel.ts', ...flags, '--outFile', 'kernel.wasm'], {
    readFile: (name) => (name.startsWith('wasm/') ? readFileSync(join(root, name), 'utf8') : null),
    writeFile: (_, contents) => void (code = contents),
    listFiles: () => [],
  })
  if (error) throw new Error(`wasm/lean-kernel.ts: ${stderr.toString()}`)
  return `/** wasm/lean-kernel.ts, compiled by node scripts/generate.mjs; do not edit. Base 64. */
export const LEAN_KERNEL_WASM =
  '${Buffer.from(code).toString('base64')}'
`
}

/** A module of the project as something Node can import. */
async function bundled(path) {
  const folder = mkdtempSync(join(scratch, 'module-'))
  const outfile = join(folder, 'module.mjs')
  await build({
    entryPoints: [path.startsWith('/') ? path : join(root, path)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return pathToFileURL(outfile).href
}

function flagLine(name, flag) {
  const char = flag.char ? `-${flag.char}, ` : ''
  const value =
    flag.type === 'option' ? ` ${flag.options ? flag.options.join('\\|') : (flag.helpValue ?? 'VALUE')}` : ''
  const fallback = flag.default === undefined || flag.default === false ? '' : ` Default: ${flag.default}.`
  return `| \`${char}--${flag.allowNo ? '[no-]' : ''}${name}${value}\`${flag.multiple ? ' (repeatable)' : ''}${flag.required ? ' (required)' : ''} | ${(flag.summary ?? flag.description ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')}${fallback} |`
}

function isGlobal(flag) {
  return flag.helpGroup === 'GLOBAL'
}

function commandReference() {
  const parts = [
    '# Commands',
    '',
    'Generated from the code by `node scripts/generate.mjs`; do not edit.',
    '',
    'Every command also takes:',
    '',
    '| flag | meaning |',
    '| --- | --- |',
  ]
  const globals = commands.find((command) => command.flags.chart).flags
  for (const [name, flag] of Object.entries(globals)
    .filter(([, one]) => isGlobal(one))
    .sort())
    parts.push(flagLine(name, flag))
  for (const command of commands) {
    const own = Object.entries(command.flags)
      .filter(([, flag]) => !isGlobal(flag))
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const args = Object.values(command.args)
    parts.push(
      '',
      `## contango ${command.id.replaceAll(':', ' ')}${args.map((arg) => (arg.required ? ` ${arg.name.toUpperCase()}` : ` [${arg.name.toUpperCase()}]`)).join('')}`,
      '',
      command.summary ?? '',
    )
    if (command.description) parts.push('', command.description)
    if (args.length > 0)
      parts.push(
        '',
        '| argument | meaning |',
        '| --- | --- |',
        ...args.map((arg) => `| \`${arg.name}\` | ${(arg.description ?? '').replaceAll('|', '\\|')} |`),
      )
    if (own.length > 0)
      parts.push('', '| flag | meaning |', '| --- | --- |', ...own.map(([name, flag]) => flagLine(name, flag)))
    const examples = (command.examples ?? []).map((one) => (typeof one === 'string' ? one : one.command))
    if (examples.length > 0)
      parts.push('', '```sh', ...examples.map((one) => one.replaceAll('<%= config.bin %>', 'contango')), '```')
  }
  return `${parts.join('\n')}\n`
}

/** One line per command, argument and flag: what a script may rely on. */
function snapshot() {
  const lines = commands.flatMap((command) => {
    const id = command.id.replaceAll(':', ' ')
    const flags = Object.entries(command.flags).sort(([a], [b]) => (a < b ? -1 : 1))
    return [
      `${id}${command.strict === false ? ' (variadic)' : ''}`,
      ...Object.values(command.args).map(
        (arg) =>
          `${id} <${arg.name}>${arg.required ? ' required' : ''}${arg.options ? ` ${arg.options.join('|')}` : ''}`,
      ),
      ...flags.map(
        ([name, flag]) =>
          `${id} --${name}${flag.char ? ` -${flag.char}` : ''} ${flag.type}${flag.multiple ? ' multiple' : ''}${flag.required ? ' required' : ''}${flag.options ? ` ${flag.options.join('|')}` : ''}${flag.default === undefined ? '' : ` = ${flag.default}`}`,
      ),
    ]
  })
  return `${lines.join('\n')}\n`
}
