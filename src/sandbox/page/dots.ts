/** The coloured dots that cards live by, with the colour each is drawn in. */
export const DOT_COLOURS: Readonly<Record<string, string>> = {
  '🔴': 'red',
  '🟠': 'orange',
  '🟡': 'yellow',
  '🟢': 'green',
  '🔵': 'blue',
  '⚪': 'white',
}
