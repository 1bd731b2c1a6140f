/** How a cell or a badge is meant; the words say it too, colour alone never does. */
export type Tone = 'up' | 'down' | 'strong' | 'ok' | 'warning' | 'critical' | 'breach' | 'unknown' | 'code'

export interface Cell {
  readonly text: string
  readonly tone?: Tone
  /** Said under the mouse in HTML. */
  readonly title?: string
}

export interface BlockColumn {
  readonly header: string
  /** Words stand left, numbers right. */
  readonly text?: boolean
}

/** A piece of a page, before it is HTML or Markdown. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly muted?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly muted?: boolean }
  | { readonly kind: 'badges'; readonly badges: readonly Cell[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly BlockColumn[]
      /** The first cell of a row names it. */
      readonly rows: readonly (readonly Cell[])[]
    }
  | { readonly kind: 'chart'; readonly id: string }
