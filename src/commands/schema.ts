import { ContangoCommand } from '../lib/cli/base-command.js'
import { args } from '../lib/cli/flags.js'
import type { Report } from '../lib/cli/report.js'
import { findSchema, shippedSchemas } from '../lib/cli/shipped-schemas.js'
import type { SchemaData } from '../lib/documents/schema.js'

export default class Schema extends ContangoCommand {
  static override summary = 'JSON Schema of the documents that commands print'
  static override description = 'Without a name: the list. With one: the schema itself, ready for a validator.'
  static override examples = ['<%= config.bin %> schema', '<%= config.bin %> schema curve']
  static override needsWorkspace = false
  static override keepsLedger = false
  static override args = { name: args.string({ description: 'curve, curve/1 or contango.curve/1' }) }

  protected async answer(): Promise<Report<SchemaData>> {
    const { args } = this.input(Schema)
    const one = args.name === undefined ? null : findSchema(this.config.root, args.name)
    const listed = one ? [one] : shippedSchemas(this.config.root)
    const schemas = listed.map(({ name, schema }) => ({ name, schema }))
    return {
      asOf: null,
      data: { schemas: one ? [{ ...schemas[0], document: JSON.parse(one.text) as Record<string, unknown> }] : schemas },
      rows: {
        length: schemas.length,
        columns: [
          { name: 'name', kind: 'text', values: schemas.map((schema) => schema.name) },
          { name: 'schema', kind: 'text', values: schemas.map((schema) => schema.schema) },
        ],
      },
      view: one ? [{ lines: [one.text.trimEnd()] }] : undefined,
    }
  }
}
