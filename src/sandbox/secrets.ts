import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newSecret } from '../lib/ids.js'

/** What the program and the emulators share; made once per data folder. */
export type SandboxSecrets = {
  botToken: string
  signingSecret: string
  paidanKeys: string
  feishu: FeishuSecrets
  teams: TeamsSecrets
}
export type FeishuSecrets = { appSecret: string; encryptKey: string; verificationToken: string }
export type TeamsSecrets = { appPassword: string }

/** The secrets of the folder; what is missing is made at the first call. */
export function sandboxSecrets(dataDir: string): SandboxSecrets {
  const path = join(dataDir, 'secrets.json')
  const kept = readKept(path)
  const secrets: SandboxSecrets = {
    botToken: `xoxb-sandbox-${newSecret(12)}`,
    signingSecret: newSecret(16),
    paidanKeys: `1:${Buffer.from(newSecret(32), 'hex').toString('base64')}`,
    feishu: { appSecret: newSecret(16), encryptKey: newSecret(16), verificationToken: newSecret(16) },
    teams: { appPassword: newSecret(20) },
    ...kept,
  }
  // A folder of an earlier version knows fewer messengers.
  if (!kept.feishu || !kept.teams || !kept.botToken)
    writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

function readKept(path: string): Partial<SandboxSecrets> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<SandboxSecrets>
  } catch {
    return {}
  }
}
