import { PlainError } from './say.mjs'

const needed = [20, 19]

/** Throws a PlainError when this Node is too old for Paidan. */
export function checkNodeVersion(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  throw new PlainError(
    `Paidan needs Node ${needed.join('.')} or newer; this is ${version}. See https://nodejs.org`,
  )
}
