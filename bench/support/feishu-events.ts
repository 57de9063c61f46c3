import { createCipheriv, createHash, randomBytes } from 'node:crypto'

export const ENCRYPT_KEY = 'an-encrypt-key-of-benchmarks'
export const VERIFICATION_TOKEN = 'a-token-of-benchmarks'
export const APP_ID = 'cli_b0b1b2b3b4b5b6b7'
export const APP_SECRET = 'an-app-secret-of-benchmarks'

/** The n-th employee's open id. */
export const openIdOf = (n: number): string => `ou_bench${String(n).padStart(27, '0')}`

/** Their conversation with the bot. */
export const chatOf = (n: number): string => `oc_bench${String(n).padStart(8, '0')}`

/** A whole HTTP request: an encrypted, signed event in which the n-th employee reports something of their own. */
export function feishuRequest(n: number, port: number, at: Date): Buffer {
  const serial = String(n).padStart(8, '0')
  const ms = String(at.getTime())
  const openId = openIdOf(n)
  const event = {
    schema: '2.0',
    header: {
      event_id: `${serial}${randomBytes(12).toString('hex')}`,
      event_type: 'im.message.receive_v1',
      create_time: ms,
      token: VERIFICATION_TOKEN,
      app_id: APP_ID,
      tenant_key: 'bench-tenant',
    },
    event: {
      sender: {
        sender_id: { open_id: openId, union_id: `on_${serial}`, user_id: serial },
        sender_type: 'user',
        tenant_key: 'bench-tenant',
      },
      message: {
        message_id: `om_bench${serial}`,
        create_time: ms,
        update_time: ms,
        chat_id: chatOf(n),
        chat_type: 'p2p',
        message_type: 'text',
        content: JSON.stringify({
          text: `My VPN is down since this morning, error ${n}. I have restarted twice and it still says “no route”.`,
        }),
      },
    },
  }
  const body = JSON.stringify({ encrypt: encrypted(JSON.stringify(event)) })
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const nonce = randomBytes(8).toString('hex')
  const signature = createHash('sha256').update(`${timestamp}${nonce}${ENCRYPT_KEY}${body}`).digest('hex')
  const head = [
    'POST /feishu/events HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Lark-Request-Timestamp: ${timestamp}`,
    `X-Lark-Request-Nonce: ${nonce}`,
    `X-Lark-Signature: ${signature}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

function encrypted(text: string): string {
  const key = createHash('sha256').update(ENCRYPT_KEY).digest()
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}
