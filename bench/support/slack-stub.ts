import { createServer } from 'node:http'

// Slack's Web API as far as a desk calls it here, answering at once: what is measured is the desk.
let messages = 0

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const method = request.url?.split('/').at(-1)?.split('?')[0] ?? ''
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    const answer = JSON.stringify({ ok: true, ...answerTo(method, fields) })
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

function answerTo(method: string, fields: URLSearchParams): object {
  const channel = fields.get('channel') ?? ''
  switch (method) {
    case 'auth.test':
      return { user_id: 'U0BENCHBOT', bot_id: 'B0BENCHBOT', team_id: 'T0BENCH001' }
    case 'chat.postMessage':
      messages += 1
      return { channel, ts: `1700000000.${String(messages).padStart(6, '0')}` }
    case 'conversations.open':
      return { channel: { id: `D${fields.get('users')?.slice(1)}` } }
    case 'users.info': {
      const id = fields.get('user') ?? ''
      return {
        user: {
          id,
          name: id,
          is_bot: false,
          tz: 'Asia/Shanghai',
          locale: 'zh-CN',
          profile: { real_name: `Employee ${id}`, email: `${id.toLowerCase()}@example.com` },
        },
      }
    }
    default:
      return {}
  }
}
