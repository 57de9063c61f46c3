/** How far ahead working time is looked for before a calendar counts as having none: five years, in milliseconds. */
export const SEARCH_LIMIT_MS = 5 * 366 * 86_400_000
