/** Where a value stands: keys and positions from the top of the file. */
export type DeskPath = readonly (string | number)[]

/** One mistake in a desk file, placed so that its author finds it. */
export interface DeskProblem {
  /** Like `teams[1].calendar`; empty for the file as a whole. */
  path: string
  /** Both start at 1. */
  line: number
  column: number
  expected: string
  found: string
  /** What helps to put it right, like `did you mean "shanghai"?`. */
  note?: string
}

/** A mistake before its place in the text is known. */
export interface Finding {
  path: DeskPath
  expected: string
  /** Absent: what stands at `path`. */
  found?: string
  note?: string | undefined
  /** The key itself is the mistake, not its value. */
  atKey?: boolean
}

/** @returns one line for a terminal: `desk.yaml:12:5 teams[1].calendar: expected …, found …`. */
export function formatProblem(problem: DeskProblem, file = 'desk.yaml'): string {
  const { path, line, column, expected, found, note } = problem
  const where = `${file}:${line}:${column}${path === '' ? '' : ` ${path}`}`
  return `${where}: expected ${expected}, found ${found}${note === undefined ? '' : ` (${note})`}`
}

/** @returns `teams[1].calendar` for `['teams', 1, 'calendar']`. */
export function writePath(path: DeskPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (!/^[\p{L}\p{N}_%-]+$/u.test(step)) text += `[${quoted(step)}]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

/** @returns a value in few words: texts quoted and cut, lists and maps by their size. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object') return 'a map of keys'
  return String(value)
}

/** One line whatever is in the text: control and bidi characters are escaped. */
export function quoted(text: string): string {
  const points = [...text]
  const cut = points.length > 60 ? `${points.slice(0, 59).join('')}…` : text
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`,
  )
}

/** @returns the note that proposes the nearest of `names`, if one is near. */
export function didYouMean(nearest: string | undefined): string | undefined {
  return nearest === undefined ? undefined : `did you mean ${quoted(nearest)}?`
}
