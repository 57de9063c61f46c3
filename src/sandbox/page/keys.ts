type Pressed = { key: string; keyCode: number; isComposing?: boolean; nativeEvent?: { isComposing: boolean } }

/**
 * Whether a key belongs to an input method: Enter then chooses a word, Escape gives it up. Safari says so only by the
 * key's old number.
 */
export function isComposing(event: Pressed): boolean {
  return event.isComposing === true || event.nativeEvent?.isComposing === true || event.keyCode === 229
}
