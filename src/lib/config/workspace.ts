/** The folder that a run works in: nearest `contango.yaml` upward, `CONTANGO_HOME`, `--home`, or the clone itself. */
export interface Workspace {
  readonly home: string
  readonly configDir: string
  readonly dataDir: string
  readonly reportsDir: string
}
