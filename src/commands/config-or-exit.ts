import { type Config, readConfig } from '../config.js'

/** sysexits' EX_CONFIG: a supervisor need not try again. */
export const EX_CONFIG = 78

/** The configuration; or every problem on standard error, by name, and the end of the process with 78. */
export function configOrExit(): Config {
  const read = readConfig()
  if (read.ok) return read.config
  for (const { name, expected } of read.problems) process.stderr.write(`${name}: expected ${expected}\n`)
  process.exit(EX_CONFIG)
}
