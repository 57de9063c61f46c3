import { ConnectorClient } from 'botframework-connector'
import type { Tokens } from './token.js'

/** The few calls of the Bot Connector that we make. Plain data in and out: this file alone knows the SDK. */
export interface Connector {
  /** Posts into a conversation (for a thread with `;messageid=`). Returns the new message's id. */
  post(conversation: string, activity: OutActivity): Promise<string | undefined>
  update(conversation: string, messageId: string, activity: OutActivity): Promise<void>
  remove(conversation: string, messageId: string): Promise<void>
  /** The direct conversation with somebody. */
  createDirect(people: { botId: string; userId: string; tenantId: string }): Promise<string | undefined>
  /** Somebody's entry in a conversation's roster, as the service tells it. */
  member(conversation: string, userId: string): Promise<unknown>
}

/** A message as the wire has it. */
export interface OutActivity {
  type: 'message'
  text?: string
  textFormat?: 'plain' | 'markdown' | 'xml'
  summary?: string
  attachments?: { contentType: string; content?: unknown; contentUrl?: string; name?: string }[]
  entities?: { type: 'mention'; text: string; mentioned: { id: string; name: string } }[]
}
/** Policies of the SDK's pipeline that act on their own: repeating a post, following a redirection with our token. */
const UNWANTED = ['defaultRetryPolicy', 'redirectPolicy']

/** Connectors by the address of the service, one for each; every call is made exactly once. */
export function createConnectors(tokens: Tokens, callMs: number): (serviceUrl: string) => Connector {
  const made = new Map<string, Connector>()
  return (serviceUrl) => {
    const known = made.get(serviceUrl)
    if (known !== undefined) return known
    const connector = connectorAt(serviceUrl, tokens, callMs)
    if (made.size >= 100) made.clear()
    made.set(serviceUrl, connector)
    return connector
  }
}

function connectorAt(serviceUrl: string, tokens: Tokens, callMs: number): Connector {
  const credentials: ConstructorParameters<typeof ConnectorClient>[0] = {
    async signRequest(request) {
      const token = await tokens.get()
      if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
      return request
    },
  }
  const client = new ConnectorClient(credentials, { baseUri: serviceUrl })
  withoutPolicies(client)
  const { conversations } = client
  const options = { timeout: callMs }
  return {
    post: async (conversation, activity) =>
      (await conversations.sendToConversation(conversation, activity as never, options)).id,
    async update(conversation, messageId, activity) {
      await conversations.updateActivity(conversation, messageId, activity as never, options)
    },
    async remove(conversation, messageId) {
      await conversations.deleteActivity(conversation, messageId, options)
    },
    async createDirect({ botId, userId, tenantId }) {
      const members = [{ id: userId }]
      const channelData = { tenant: { id: tenantId } }
      const wanted = { isGroup: false, bot: { id: botId }, members, tenantId, channelData }
      return (await conversations.createConversation(wanted as never, options)).id
    },
    member: (conversation, userId) => conversations.getConversationMember(conversation, userId, options),
  }
}

/**
 * The SDK declares `noRetryPolicy` and does not read it; its pipeline repeats posts up to three times, which doubles
 * messages. So the policies are taken out of the pipeline itself.
 */
function withoutPolicies(client: ConnectorClient): void {
  const inner: unknown = Reflect.get(client, 'client')
  const { pipeline } = inner as { pipeline: Pipeline }
  for (const name of UNWANTED) pipeline.removePolicy({ name })
  const left = pipeline.getOrderedPolicies().filter((policy) => UNWANTED.includes(policy.name))
  if (left.length > 0) throw new Error('the SDK repeats calls on its own')
}
interface Pipeline {
  removePolicy(which: { name: string }): unknown
  getOrderedPolicies(): { name: string }[]
}
