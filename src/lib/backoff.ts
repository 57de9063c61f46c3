/**
 * How long to wait before attempt `attempt + 1`, in milliseconds: doubles from `baseMs`, capped, with half of it
 * drawn at random so that many waiters do not return together.
 */
export function backoffMs(
  attempt: number,
  { baseMs = 1000, capMs = 300_000, random = Math.random } = {},
): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30))
  return Math.round(full / 2 + random() * (full / 2))
}
