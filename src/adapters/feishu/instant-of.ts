/** The instant of one of Feishu's times: milliseconds, or microseconds as card callbacks have them. */
export function instantOf(time: string): Date {
  return new Date(time.length > 14 ? Number(time.slice(0, -3)) : Number(time))
}
