import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { parse } from 'yaml'
import type { MessageRef, Outcome } from '../../../src/delivery/messenger.js'
import { startWorld, type World } from './support.js'

interface Manifest {
  display_information: { name: string; description: string }
  features: { app_home: Record<string, boolean>; bot_user: { display_name: string } }
  oauth_config: { scopes: { bot: string[] } }
  settings: {
    event_subscriptions: { request_url: string; bot_events: string[] }
    interactivity: { is_enabled: boolean; request_url: string }
  }
}
const manifest: Manifest = parse(
  readFileSync(new URL('../../../manifests/slack/manifest.yaml', import.meta.url), 'utf8'),
)
const SCOPES = manifest.oauth_config.scopes.bot
const CARD = { audience: 'team', locale: 'en', title: 'T', tone: 'info', summary: 's', elements: [] } as const
const IT = { platform: 'slack', conversation: 'C0IT' }

/** Everything the Messenger can do, once; the names of the calls that were refused for want of a scope. */
async function refusedOf(world: World): Promise<string[]> {
  const { messenger } = world.adapter
  const refused: string[] = []
  async function attempt<T>(name: string, call: Promise<Outcome<T>>): Promise<T | undefined> {
    const outcome = await call
    if ('reason' in outcome && outcome.reason === 'missing_scope') refused.push(name)
    return outcome.kind === 'sent' ? outcome.value : undefined
  }
  const card = { ...CARD, elements: [] }
  const file = { name: 'a.png', bytes: 1, mediaType: 'image/png', read: async () => Buffer.alloc(1) }
  const author = { name: 'Ann' }
  const nowhere: MessageRef = { platform: 'slack', conversation: 'C0IT', messageId: '1.000001' }
  const ref = (await attempt('post', messenger.postCard(IT, card, 'k'))) ?? nowhere
  await attempt('update', messenger.updateCard(ref, card))
  await attempt('words', messenger.postWords(IT, { text: ['x'], author }, 'k2'))
  if (!(world.slack.state.messages.C0IT ?? []).some((message) => message.username === 'Ann'))
    refused.push('author')
  await attempt('files', messenger.postWords(IT, { text: ['x'], files: [file] }, 'k3'))
  await attempt('mark', messenger.mark(ref))
  await attempt('unmark', messenger.unmark(ref))
  await attempt('whisper', messenger.whisper(IT, 'U0TOM', { text: ['x'] }))
  const direct = await attempt('direct', messenger.openDirect('U0MEI'))
  const since = new Date('2026-11-20T08:00:00Z')
  await attempt('find', messenger.findPosted(IT, 'k', since))
  await attempt('find in thread', messenger.findPosted({ ...IT, thread: ref.messageId }, 'k', since))
  await attempt(
    'find direct',
    messenger.findPosted({ platform: 'slack', conversation: direct ?? 'D0' }, 'k', since),
  )
  const profile = await attempt('profile', messenger.profile('U0MEI'))
  if (profile !== undefined && profile.email === undefined) refused.push('e-mail')
  const asked = { id: 'F1', name: 'a', bytes: 1, locator: 'files.info:F1' }
  await attempt('fetch', messenger.fetchFile(asked, 1))
  await attempt('delete', messenger.deleteMessage(ref))
  return refused
}

describe('the manifest', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())

  it('asks for what the adapter needs', async () => {
    world.slack.setScopes(SCOPES)
    expect(await refusedOf(world)).to.deep.equal([])
  })

  // Slack asks for these two by the events that need them, and the emulator shows names without being asked.
  const ELSEWHERE = new Set(['app_mentions:read', 'groups:history'])
  for (const scope of SCOPES.filter((each) => !ELSEWHERE.has(each))) {
    it(`asks for ${scope} because something fails without it`, async () => {
      world.slack.setScopes(SCOPES.filter((each) => each !== scope))
      expect(await refusedOf(world)).to.not.deep.equal([])
    })
  }

  it('asks for no event that is only passed over', () => {
    expect(manifest.settings.event_subscriptions.bot_events).to.deep.equal([
      'app_home_opened',
      'app_mention',
      'message.channels',
      'message.groups',
      'message.im',
    ])
  })

  it('sends everything to the one route', () => {
    const { event_subscriptions: events, interactivity } = manifest.settings
    expect(new URL(events.request_url).pathname).to.equal('/slack/events')
    expect(interactivity).to.deep.equal({ is_enabled: true, request_url: events.request_url })
  })

  it('lets people write to the bot', () => {
    expect(manifest.features.app_home).to.include({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
  })

  it('is within Slack’s limits', () => {
    expect(manifest.display_information.name.length).to.be.at.most(35)
    expect(manifest.display_information.description.length).to.be.at.most(140)
  })
})
