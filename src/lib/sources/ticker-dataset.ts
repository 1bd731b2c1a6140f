/** Bloomberg's ticker as the name of a dataset: `CL1 Comdty` is CL1_Comdty. */
export function tickerDataset(ticker: string): string {
  return ticker
    .replaceAll(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^[.]/, '_')
    .slice(0, 56)
}
