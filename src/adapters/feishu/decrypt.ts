import { createDecipheriv, createHash } from 'node:crypto'

const IV_BYTES = 16

/**
 * What `encrypt` holds: AES-256-CBC under the digest of the key, the first sixteen bytes being the vector. Undefined for
 * anything that is not that; nothing is thrown, since anybody may send garbage.
 */
export function decrypted(encrypt: string, encryptKey: string): Buffer | undefined {
  const bytes = Buffer.from(encrypt, 'base64')
  if (bytes.length < 2 * IV_BYTES || bytes.length % IV_BYTES !== 0) return undefined
  try {
    const key = createHash('sha256').update(encryptKey).digest()
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, IV_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}
