import { createServer } from 'node:http'

// The Bot Connector and the sign-in as far as a desk calls them here, answering at once: what is measured is the desk.
const origin = `http://127.0.0.1:${process.env.PORT}`
let messages = 0

createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    const { status, body } = answerTo(request.method ?? '', request.url ?? '')
    const answer = JSON.stringify(body)
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    })
    response.end(answer)
  })
}).listen(Number(process.env.PORT), '127.0.0.1')

function answerTo(method: string, url: string): { status: number; body: object } {
  if (url.endsWith('/openidconfiguration')) {
    const metadata = { issuer: 'https://api.botframework.com', jwks_uri: `${origin}/keys` }
    return { status: 200, body: { ...metadata, id_token_signing_alg_values_supported: ['RS256'] } }
  }
  if (url === '/keys')
    return { status: 200, body: { keys: [JSON.parse(process.env.BENCH_TEAMS_KEY ?? '{}')] } }
  if (url.endsWith('/token')) {
    return { status: 200, body: { token_type: 'Bearer', expires_in: 86_400, access_token: 'bench' } }
  }
  if (method === 'GET') return { status: 200, body: { id: '29:bench', name: 'Employee' } }
  messages += 1
  return { status: method === 'POST' ? 201 : 200, body: { id: `stub${messages}` } }
}
