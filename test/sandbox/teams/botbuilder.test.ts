import { createServer, type Server } from 'node:http'
import {
  type Activity,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type ConversationParameters,
  type ConversationReference,
  type InvokeResponse,
  TeamsInfo,
  TurnContext,
} from 'botbuilder'
import { expect } from 'chai'
import {
  APP_ID,
  cardAttachment,
  IT,
  listen,
  login,
  MEI,
  PASSWORD,
  startWorld,
  TENANT,
  TOM,
  ticketCard,
  type World,
} from './support.js'

/** Fetches its tokens from the emulator's login: the SDK's own way insists on https. */
class EmulatedCredentials extends ConfigurationServiceClientCredentialFactory {
  readonly loginAt: () => string
  constructor(loginAt: () => string) {
    super({
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: PASSWORD,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: TENANT,
    })
    this.loginAt = loginAt
  }
  override async createCredentials(): Promise<never> {
    const { json } = await login(this.loginAt())
    const credentials = {
      async signRequest(request: { headers: { set(name: string, value: string): void } }) {
        request.headers.set('authorization', `Bearer ${String(json.access_token)}`)
        return request
      },
    }
    return credentials as never
  }
}

const printer = globalThis.console

type Logic = (context: TurnContext) => Promise<void>

describe('the Teams emulator before botbuilder’s own adapter', () => {
  let world: World
  let server: Server
  let adapter: CloudAdapter
  let logic: Logic
  let quiet: typeof printer.error

  beforeEach(async () => {
    // The SDK prints what it refuses.
    quiet = printer.error
    printer.error = () => {}
    world = await startWorld({ rateLimits: false, now: () => new Date() })
    const auth = new ConfigurationBotFrameworkAuthentication(
      {
        MicrosoftAppId: APP_ID,
        ToBotFromChannelOpenIdMetadataUrl: `${world.url}/teams/openid/.well-known/openidconfiguration`,
        ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
        ToChannelFromBotLoginUrl: `${world.url}/teams/login/${TENANT}`,
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        OAuthUrl: 'https://api.botframework.com',
        ToBotFromEmulatorOpenIdMetadataUrl: `${world.url}/teams/openid/.well-known/openidconfiguration`,
        CallerId: '',
        ValidateAuthority: true,
      },
      new EmulatedCredentials(() => world.url),
    )
    adapter = new CloudAdapter(auth)
    logic = async () => {}
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { headers, method } = request
      const shim = {
        status: (code: number) => {
          response.statusCode = code
        },
        send: (body: unknown) => {
          response.setHeader('content-type', 'application/json')
          response.write(typeof body === 'string' ? body : JSON.stringify(body))
        },
        end: () => response.end(),
        header: (name: string, value: unknown) => response.setHeader(name, String(value)),
        socket: null,
      }
      const body = JSON.parse(Buffer.concat(chunks).toString())
      await adapter.process({ headers, method, body } as never, shim as never, (context) => logic(context))
    })
    world.teams.configure({ requestUrl: `${await listen(server)}/teams/messages` })
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await world.close()
    printer.error = quiet
  })

  async function directOf(userId: string): Promise<string> {
    return (await world.teams.gestures.openDirect({ userId })).conversation ?? ''
  }

  it('plays a whole round: message, card, claim, update, deletion', async () => {
    let cardId = ''
    logic = async (context) => {
      const { activity } = context
      if (activity.type === ActivityTypes.Message) {
        const sent = await context.sendActivity({ attachments: [cardAttachment(ticketCard())] } as never)
        cardId = sent?.id ?? ''
        await context.sendActivity('soon gone').then((gone) => context.deleteActivity(gone?.id ?? ''))
      }
      if (activity.name === 'adaptiveCard/action') {
        expect(activity.value.action.data).to.deep.equal({ ticket: 7, note: 'mine' })
        const fresh = ticketCard({ actions: [] })
        await context.updateActivity({
          type: 'message',
          id: activity.replyToId,
          attachments: [cardAttachment(fresh)],
        } as never)
        const body = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: fresh }
        await context.sendActivity({
          type: 'invokeResponse',
          value: { status: 200, body } satisfies InvokeResponse,
        })
      }
    }
    const conversation = await directOf(MEI)
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'VPN' })
    await world.teams.idle()
    expect(world.teams.deliveries.map((each) => [each.type, each.status])).to.deep.equal([['message', 200]])
    const clicked = await world.teams.gestures.click({
      userId: MEI,
      conversation,
      messageId: cardId,
      action: 'Claim',
      values: { note: 'mine' },
    })
    expect(clicked).to.include({ ok: true, status: 200 })
    const seen = world.teams.view(MEI).conversations[0]?.messages ?? []
    expect(seen.map((each) => [each.text, each.deleted, each.edited])).to.deep.equal([
      ['VPN', undefined, undefined],
      [undefined, undefined, true],
      [undefined, true, undefined],
    ])
    expect(seen[1]?.card).to.deep.include({ actions: [] })
    expect(seen[1]?.onlyFor).to.equal(MEI)
  })

  it('keeps a reply in the thread of the channel post', async () => {
    logic = async (context) => {
      await context.sendActivity(`hi ${context.activity.from.name}`)
    }
    const post = await world.teams.gestures.postMessage({ userId: TOM, conversation: IT, text: 'hello' })
    await world.teams.idle()
    const channel = world.teams.view(TOM).conversations.find((each) => each.id === IT)
    expect(channel?.messages.map((each) => [each.text, each.thread])).to.deep.equal([
      ['hello', undefined],
      ['hi Tom Berg', post.messageId],
    ])
  })

  it('opens the chat with a person who never wrote, and always the same', async () => {
    const conversations: string[] = []
    const parameters = {
      isGroup: false,
      bot: { id: `28:${APP_ID}`, name: 'Paidan' },
      members: [{ id: '29:mei', name: '' }],
      tenantId: TENANT,
      channelData: { tenant: { id: TENANT } },
    } as unknown as ConversationParameters
    for (const text of ['one', 'two']) {
      await adapter.createConversationAsync(
        APP_ID,
        'msteams',
        world.teams.serviceUrl,
        undefined as unknown as string,
        parameters,
        async (context) => {
          conversations.push(context.activity.conversation.id)
          await context.sendActivity(text)
        },
      )
    }
    expect(new Set(conversations).size).to.equal(1)
    const [chat] = world.teams.view(MEI).conversations
    expect(chat?.messages.map((each) => each.text)).to.deep.equal(['one', 'two'])
  })

  it('answers the SDK’s questions about people and writes without an inbound message', async () => {
    let reference: Partial<ConversationReference> | undefined
    let email: string | undefined
    logic = async (context) => {
      reference = TurnContext.getConversationReference(context.activity as Activity)
      email = (await TeamsInfo.getMember(context, context.activity.from.id)).email
    }
    const conversation = await directOf(MEI)
    await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'VPN' })
    await world.teams.idle()
    expect(email).to.equal('mei@acme.example')
    await adapter.continueConversationAsync(APP_ID, reference ?? {}, async (context) => {
      await context.sendActivity('later')
    })
    expect(world.teams.view(MEI).conversations[0]?.messages.at(-1)?.text).to.equal('later')
  })

  const wrongTokens: [string, Parameters<World['teams']['mintToken']>[0], boolean][] = [
    ['none of these', {}, true],
    ['another audience', { audience: 'somebody-else' }, false],
    ['another issuer', { issuer: 'https://evil.example' }, false],
    ['an expired one', { expiresInS: -600 }, false],
    ['one expired within the allowed skew', { expiresInS: -120 }, true],
    ['another serviceurl', { serviceUrl: 'https://evil.example/' }, false],
    ['no serviceurl', { serviceUrl: null }, false],
    ['a key endorsed for other channels', { key: 'other_channel' }, false],
    ['a key that is not published', { key: 'unpublished' }, false],
    ['another key under the right name', { key: 'swapped' }, false],
  ]
  for (const [name, change, isTaken] of wrongTokens) {
    it(`signs tokens that the SDK ${isTaken ? 'takes' : 'refuses'}: ${name}`, async () => {
      let ran = 0
      logic = async () => {
        ran += 1
      }
      const token = await world.teams.mintToken(change)
      const { address, port } = server.address() as { address: string; port: number }
      const response = await fetch(`http://${address}:${port}/teams/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'message',
          id: '1',
          text: 'x',
          channelId: 'msteams',
          serviceUrl: world.teams.serviceUrl,
          from: { id: '29:mei' },
          recipient: { id: `28:${APP_ID}` },
          conversation: { id: 'a:1' },
        }),
      })
      expect(response.ok).to.equal(isTaken)
      expect(ran).to.equal(isTaken ? 1 : 0)
    })
  }
})
