import { shown } from './stats.js'

export type Cell = string | number

/** Prints a table that reads in a terminal and is Markdown as well. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): void {
  const texts = [head, ...rows].map((row) =>
    row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell)),
  )
  const widths = head.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`
  const [first = [], ...rest] = texts
  console.log(`\n${title}\n`)
  console.log(line(first))
  console.log(`|${widths.map((width, i) => `${'-'.repeat(width + 1)}${i === 0 ? '-' : ':'}`).join('|')}|`)
  for (const row of rest) console.log(line(row))
}
