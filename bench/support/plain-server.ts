import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

// The least a server can do with a signed event: read it, check its signature, say yes.
const secret = process.env.SLACK_SIGNING_SECRET ?? ''

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    const timestamp = String(request.headers['x-slack-request-timestamp'])
    const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
    const expected = Buffer.from(`v0=${mac}`)
    const given = Buffer.from(String(request.headers['x-slack-signature']))
    const isSame = given.length === expected.length && timingSafeEqual(given, expected)
    if (isSame) JSON.parse(body.toString())
    response.statusCode = isSame ? 200 : 401
    response.end()
  })
}).listen(Number(process.env.PORT), '127.0.0.1')
