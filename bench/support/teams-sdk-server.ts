import { createServer } from 'node:http'
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { APP_ID, APP_PASSWORD, TENANT_ID } from './teams-events.js'

// The SDK with a handler that does nothing: what the SDK itself costs. Given one address, it wants all of them.
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: APP_PASSWORD,
    MicrosoftAppTenantId: TENANT_ID,
    MicrosoftAppType: 'SingleTenant',
    ToChannelFromBotLoginUrl: `https://login.microsoftonline.com/${TENANT_ID}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://token.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: process.env.BENCH_TEAMS_METADATA ?? '',
    ToBotFromEmulatorOpenIdMetadataUrl:
      'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
    CallerId: 'urn:botframework:azure',
  }),
)

createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end()
    return
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
  // the few things of Express that the SDK uses
  const answer = {
    status: (code: number) => {
      response.statusCode = code
      return answer
    },
    header: (name: string, value: unknown) => response.setHeader(name, String(value)),
    send: (content?: unknown) =>
      response.end(content === undefined || typeof content === 'string' ? content : JSON.stringify(content)),
    end: () => response.end(),
    socket: response.socket,
  }
  const given = { body, headers: request.headers, method: request.method }
  await adapter.process(given as never, answer as never, async () => undefined)
}).listen(Number(process.env.PORT), '127.0.0.1')
