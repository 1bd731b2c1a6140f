import { z } from 'zod'

export const CompletionData = z.strictObject({
  shell: z.enum(['bash', 'zsh', 'fish']),
  script: z.string().describe('To be sourced by the shell.'),
})
export type CompletionData = z.infer<typeof CompletionData>
