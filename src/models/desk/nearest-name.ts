/** @returns the name that `written` was most likely meant to be, or undefined when none is near. */
export function nearestName(written: string, names: Iterable<string>): string | undefined {
  const word = written.slice(0, 64).toLowerCase()
  const farthest = Math.max(1, Math.floor(word.length / 3))
  let nearest: { name: string; distance: number } | undefined
  for (const name of names) {
    if (Math.abs(name.length - word.length) > farthest) continue
    const distance = editDistance(word, name.toLowerCase())
    if (distance <= farthest && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
      nearest = { name, distance }
    }
  }
  return nearest?.name
}

/** Letters to insert, drop, change, or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(beforeLast, j - 2) + 1)
      }
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0
}
