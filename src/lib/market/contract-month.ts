/** A delivery month as the integer yyyymm: 202612 is December 2026. */
export type ContractMonth = number

/** The contracts that have an expiry: oil futures begin in the 1980s. */
export const FIRST_CONTRACT_MONTH: ContractMonth = 198001
export const LAST_CONTRACT_MONTH: ContractMonth = 205012

/** Months since year 0: consecutive delivery months are consecutive integers. */
export function monthIndexOf(month: ContractMonth): number {
  return Math.floor(month / 100) * 12 + (month % 100) - 1
}

export function monthFromIndex(index: number): ContractMonth {
  return Math.floor(index / 12) * 100 + (index % 12) + 1
}

/** 202611 + 3 = 202702. */
export function addMonths(month: ContractMonth, months: number): ContractMonth {
  return monthFromIndex(monthIndexOf(month) + months)
}

/** `2026-12`, the form that JSON carries. */
export function isoFromMonth(month: ContractMonth): string {
  return `${String(Math.floor(month / 100)).padStart(4, '0')}-${String(month % 100).padStart(2, '0')}`
}

/** The month of a strict `YYYY-MM`; null for anything else. */
export function monthFromIso(text: string): ContractMonth | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  return match ? Number(match[1]) * 100 + Number(match[2]) : null
}
