import { randomBytes, randomInt, randomUUID } from 'node:crypto'

const CAPITALS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const MIXED = `${CAPITALS}abcdefghijklmnopqrstuvwxyz`

function pick(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** A new id such as `Ev0A1B2C3D4E`. Random, so that a restart never hands out an old one again. */
export function mintId(prefix: string): string {
  return `${prefix}0${pick(CAPITALS, 9)}`
}

/** A short id as Slack gives to blocks and actions that came without one. */
export function mintBlockId(): string {
  return pick(MIXED, 5)
}

/** An unguessable hexadecimal secret of `bytes` bytes. */
export function mintSecret(bytes = 16): string {
  return randomBytes(bytes).toString('hex')
}

/** The id by which a person's client recognises its own post. */
export function mintClientMessageId(): string {
  return randomUUID()
}
