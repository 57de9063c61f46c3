const COLOURS = ['#2f80ed', '#c2410c', '#0f766e', '#7c3aed', '#b45309', '#be185d', '#4d7c0f', '#475569']

/** The colour of a person's avatar, the same on every messenger: by their place in the desk's file. */
export function colourOf(place: number): string {
  return COLOURS[place % COLOURS.length] ?? '#475569'
}
