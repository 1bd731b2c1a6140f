import { z } from 'zod'

export const InitData = z.strictObject({
  created: z.boolean().describe('False where the folder was a workspace already; nothing was touched then.'),
  dryRun: z.boolean().describe('True where nothing was written.'),
  files: z.array(z.string()).describe('Files that were made (or would be), relative to the folder.'),
})
export type InitData = z.infer<typeof InitData>
