import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Config, Plugin, type Command, type Interfaces } from '@oclif/core'

/** The package with the names of its commands and nothing else of them: what help says of flags stays in the manifest, unread. */
class NamedCommands extends Plugin {
  constructor(
    private readonly folder: string,
    private readonly ids: readonly string[],
  ) {
    super({ root: folder, isRoot: true })
  }

  override async load(): Promise<void> {
    const pjson = JSON.parse(readFileSync(join(this.folder, 'package.json'), 'utf8')) as Interfaces.PJSON
    this.root = this.folder
    this.pjson = pjson
    this.name = pjson.name
    this.alias = pjson.name
    this.version = pjson.version
    this.type = 'core'
    this.isRoot = true
    this.valid = true
    this.moduleType = 'module'
    this.hooks = {}
    this.commandIDs = [...this.ids]
    this.commands = this.ids.map((id) => named(id, pjson.name))
    this.manifest = { version: pjson.version, commands: {} }
    await Promise.resolve()
  }
}

function named(id: string, plugin: string): Command.Loadable {
  return {
    id,
    aliases: [],
    hiddenAliases: [],
    args: {},
    flags: {},
    hidden: false,
    pluginAlias: plugin,
    pluginName: plugin,
    pluginType: 'core',
    load: () => Promise.reject(new Error(`${id} is loaded by the host`)),
  }
}

let loaded: { root: string; config: Promise<Config> } | null = null

/** What is needed to run a command: names and versions. `oclifConfig` knows of flags, too, and takes longer to read. */
export function routingConfig(root: string, commandIds: readonly string[]): Promise<Config> {
  if (loaded?.root !== root) loaded = { root, config: load(root, commandIds) }
  return loaded.config
}

async function load(root: string, commandIds: readonly string[]): Promise<Config> {
  const plugin = new NamedCommands(root, commandIds)
  await plugin.load()
  return Config.load({ root, devPlugins: false, userPlugins: false, plugins: new Map([[plugin.name, plugin]]) })
}
