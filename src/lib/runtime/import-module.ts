/**
 * Loads a module that is no part of the program. The name of the argument is a mark: scripts/build.mjs turns this call into
 * one that works inside the compiled bundle.
 */
export function importModule(outsideModuleUrl: string): Promise<unknown> {
  return import(outsideModuleUrl)
}
