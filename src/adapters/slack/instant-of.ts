/** The instant that a Slack timestamp names, to the millisecond; no floating point, which would lose one now and then. */
export function instantOf(ts: string): Date {
  const [seconds = '', fraction = ''] = ts.split('.')
  return new Date(Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3)))
}
