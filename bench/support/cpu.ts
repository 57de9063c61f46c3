import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second here, whatever the kernel's own clock does. */
const TICK_MS = 10

/** The processor time a process has used so far, all threads, user and system, in ms; NaN where /proc is not known. */
export function cpuMsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // the name in brackets may hold spaces; what follows it is counted from the third field
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return Number.NaN
  }
}
