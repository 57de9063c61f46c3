import type { Address } from '../models/ids.js'

/**
 * Rich text without a dialect. Renderers escape every `string` part: what a person typed can never become a mention or
 * a link. Instants keep their meaning, so that a messenger may show them in the reader's own zone.
 */
export type Inline =
  | string
  | { kind: 'strong'; text: string }
  | { kind: 'quiet'; text: string }
  | { kind: 'code'; text: string }
  /** `zone` and `locale` say how to write it where the messenger has no reader-side form. */
  | { kind: 'instant'; at: Date; style: 'time' | 'date' | 'date_time'; zone: string; locale: string }
  /** Names a person; `notify` makes the messenger ping them when they have an identity there. */
  | { kind: 'person'; id: string; name: string; notify?: boolean; userIds: Readonly<Record<string, string>> }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'place'; text: string; address: Address; messageId?: string }

export type Text = readonly Inline[]
