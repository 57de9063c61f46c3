import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '../lib/ids.js'

/** What the program and the emulator share; made once per data folder. */
export type SandboxSecrets = { botToken: string; signingSecret: string; paidanKeys: string }

/** The secrets of the folder, made at the first call. */
export function sandboxSecrets(dataDir: string): SandboxSecrets {
  const path = join(dataDir, 'secrets.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SandboxSecrets
  } catch {
    const made = {
      botToken: `xoxb-sandbox-${newSecret(12)}`,
      signingSecret: newSecret(16),
      paidanKeys: `1:${Buffer.from(newSecret(32), 'hex').toString('base64')}`,
    }
    writeFileSync(path, JSON.stringify(made), { mode: 0o600 })
    return made
  }
}
