import { z } from 'zod'

export const ContractRow = z.strictObject({
  contract: z.string().describe('Contract code with a two-digit year: CLZ26'),
  deliveryMonth: z.string().describe('Delivery month, YYYY-MM'),
  lastTradingDay: z.string().describe('Last trading day, YYYY-MM-DD; the contract is rank 1 through it'),
  basis: z
    .enum(['rule', 'override'])
    .describe('rule: computed; override: the real date from config, where the rule misses it'),
})

export const ContractsData = z
  .strictObject({
    product: z.string().describe('Product key: CL, BRN, RB …'),
    name: z.string().describe('As a desk says it: WTI, Brent (ICE) …'),
    exchange: z.string(),
    expiryRule: z.string().describe('Name of the rule of the last trading day'),
    unit: z.string().describe('Unit of the quote'),
    contractSize: z.number().describe('Units of the quote in one lot: USD per 1.00 of price'),
    contracts: z.array(ContractRow).describe('Ascending by delivery month'),
  })
  .describe('The contracts of one product and when they stop trading')
export type ContractsData = z.infer<typeof ContractsData>
