/** What the platform takes at most, in bytes of the JSON text. */
export const MAX_TEXT_BYTES = 150 * 1024
export const MAX_CARD_BYTES = 30 * 1024
