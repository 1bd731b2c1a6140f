/**
 * The values of the built-in `config/*.yaml` as JSON text, by the sha256 of the file: parsing YAML in a cold process
 * costs a command more than its answer. Empty here; the build fills it (`scripts/parsed-config.mjs`). A file that was
 * changed by a byte has another sha256 and is parsed.
 */
export const parsedBuiltIn: Readonly<Record<string, string | undefined>> = {}
