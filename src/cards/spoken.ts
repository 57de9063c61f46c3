import type { Card } from './card.js'
import type { Text } from './text.js'

/** Something said in words; what delivery posts as it is. `author`: in whose name it is shown. */
export interface Spoken {
  text: Text
  author?: { name: string }
  /** Buttons that belong to it. */
  card?: Card
}
