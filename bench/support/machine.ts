import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** One line about where the numbers come from. The load average tells how quiet the machine was. */
export function machineLine(mongod: string): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown'
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const load = loadavg().map((one) => one.toFixed(1))
  return `${availableParallelism()} cores (${model}), ${memory}, Node ${process.version}, ${mongod}; load average ${load.join(' ')}`
}

/** Whether the short run is asked for: fewer rounds, smaller numbers, for a look in passing. */
export const isQuick = process.argv.includes('--quick')

/** What `--only=…` names: one of several rows to measure, by the beginning of its name. */
export const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length) ?? ''

/** What `--on=…` names: one messenger, by the beginning of its name. */
export const on = process.argv.find((arg) => arg.startsWith('--on='))?.slice('--on='.length) ?? ''
