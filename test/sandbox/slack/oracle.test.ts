import type { WebClient } from '@slack/web-api'
import { expect } from 'chai'
import { createEmulator, type Emulator } from 'emulate'
import { METHODS } from '../../../src/sandbox/slack/call-method.js'
import { isFields } from '../../../src/sandbox/slack/fields.js'
import { DIFFERENCES, REFUSED_DIFFERENTLY } from './oracle-differences.js'
import { client, SEED, startWorld, type World } from './support.js'

/** One of the two Slacks, with the ids it gave to the same things. */
type Side = { web: WebClient; channel: string; user: string; trigger(viewId?: string): Promise<string> }

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*x*' } }]
const modal = { type: 'modal' as const, title: plain('T'), callback_id: 'c', private_metadata: 'p', blocks }
const metadata = { event_type: 'card', event_payload: { id: 'c-1' } }

/** A workspace of npm `emulate` with the same people, channel and bot. */
async function startOracle(): Promise<{ emulator: Emulator; side: Side }> {
  const { team, bot, users } = SEED
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      slack: {
        team: { name: team.name, domain: team.domain },
        users: users.map(({ name, realName, email }) => ({ name, real_name: realName, email })),
        channels: [{ name: 'it-desk' }],
        oauth_apps: [
          {
            app_id: bot.appId,
            client_id: 'c',
            client_secret: 's',
            name: bot.name,
            redirect_uris: [],
            bot_id: bot.botId,
            bot_user_id: bot.userId,
            bot_name: bot.name.toLowerCase(),
          },
        ],
        tokens: [
          {
            token: bot.token,
            type: 'bot',
            user: bot.userId,
            app_id: bot.appId,
            bot_id: bot.botId,
            bot_user_id: bot.userId,
          },
        ],
      },
    },
  })
  const web = client(emulator.url, bot.token, '/api/')
  const channel =
    (await web.conversations.list({})).channels?.find((each) => each.name === 'it-desk')?.id ?? ''
  const user = (await web.users.lookupByEmail({ email: 'tom@acme.example' })).user?.id ?? ''
  await web.conversations.join({ channel })
  const trigger = async (viewId?: string) => {
    const made = await web.apiCall('views.generateTriggerId', {
      user_id: user,
      ...(viewId ? { view_id: viewId } : {}),
    })
    return String(isFields(made) ? made.trigger_id : '')
  }
  return { emulator, side: { web, channel, user, trigger } }
}

function ourSide({ web, slack }: World): Side {
  const trigger = async (viewId?: string) => {
    const { gestures } = slack
    const result = viewId
      ? await gestures.click({ userId: 'U0TOM', viewId, actionId: 'a', forge: {} })
      : await gestures.globalShortcut({ userId: 'U0TOM', callbackId: 'c' })
    return result.triggerId ?? ''
  }
  return { web, channel: 'C0IT', user: 'U0TOM', trigger }
}

/** Calls every method that both know, in the same order with the same arguments. */
async function converse({ web, channel, user, trigger }: Side): Promise<Record<string, unknown>> {
  const posted = await web.chat.postMessage({ channel, text: 'a', blocks, metadata })
  const ts = posted.ts ?? ''
  const reply = await web.chat.postMessage({ channel, text: 'b', thread_ts: ts })
  const reacted = await web.reactions.add({ channel, timestamp: ts, name: 'eyes' })
  const history = await web.conversations.history({
    channel,
    latest: ts,
    inclusive: true,
    limit: 1,
    include_all_metadata: true,
  })
  const opened = await web.views.open({ trigger_id: await trigger(), view: modal })
  const viewId = opened.view?.id ?? ''
  const uploaded = await web.files.getUploadURLExternal({ filename: 'a.txt', length: 2 })
  await fetch(uploaded.upload_url ?? '', { method: 'POST', body: 'hi' })
  const completed = await web.files.completeUploadExternal({
    files: [{ id: uploaded.file_id ?? '', title: 'a' }],
    channel_id: channel,
  })
  return {
    'auth.test': await web.auth.test(),
    'team.info': await web.team.info(),
    'bots.info': await web.bots.info({ bot: SEED.bot.botId }),
    'chat.postMessage': posted,
    'chat.postMessage (reply)': reply,
    'chat.postEphemeral': await web.chat.postEphemeral({ channel, user, text: 'c' }),
    'chat.getPermalink': await web.chat.getPermalink({ channel, message_ts: ts }),
    'reactions.add': reacted,
    'conversations.history': history,
    'conversations.replies': await web.conversations.replies({ channel, ts, include_all_metadata: true }),
    'reactions.remove': await web.reactions.remove({ channel, timestamp: ts, name: 'eyes' }),
    'chat.update': await web.chat.update({ channel, ts, text: 'd', blocks }),
    'chat.delete': await web.chat.delete({ channel, ts: reply.ts ?? '' }),
    'conversations.info': await web.conversations.info({ channel }),
    'conversations.list': await web.conversations.list({}),
    'conversations.members': await web.conversations.members({ channel }),
    'conversations.open': await web.conversations.open({ users: user }),
    'conversations.open (return_im)': await web.conversations.open({ users: user, return_im: true }),
    'users.info': await web.users.info({ user }),
    'users.list': await web.users.list({}),
    'users.lookupByEmail': await web.users.lookupByEmail({ email: 'tom@acme.example' }),
    'views.open': opened,
    'views.update': await web.views.update({ view_id: viewId, view: modal }),
    'views.push': await web.views.push({ trigger_id: await trigger(viewId), view: modal }),
    'views.publish': await web.views.publish({ user_id: user, view: { type: 'home', blocks } }),
    'files.getUploadURLExternal': uploaded,
    'files.completeUploadExternal': completed,
    'files.info': await web.files.info({ file: uploaded.file_id ?? '' }),
    'files.delete': await web.files.delete({ file: uploaded.file_id ?? '' }),
  }
}

/** The same refusals from both. */
function refusals({ web, channel, user, trigger }: Side): Record<string, () => Promise<unknown>> {
  return {
    'chat.postMessage, unknown channel': () => web.chat.postMessage({ channel: 'C0NONE', text: 'x' }),
    'chat.postMessage, no text': () => web.apiCall('chat.postMessage', { channel }),
    'chat.update, unknown message': () => web.chat.update({ channel, ts: '1.000000', text: 'x' }),
    'chat.delete, unknown message': () => web.chat.delete({ channel, ts: '1.000000' }),
    'conversations.info, unknown channel': () => web.conversations.info({ channel: 'C0NONE' }),
    'conversations.history, unknown channel': () => web.conversations.history({ channel: 'C0NONE' }),
    'conversations.replies, unknown thread': () => web.conversations.replies({ channel, ts: '1.000000' }),
    'conversations.open, unknown person': () => web.conversations.open({ users: 'U0NONE' }),
    'users.info, unknown person': () => web.users.info({ user: 'U0NONE' }),
    'users.lookupByEmail, unknown e-mail': () => web.users.lookupByEmail({ email: 'x@acme.example' }),
    'reactions.add, unknown message': () =>
      web.reactions.add({ channel, timestamp: '1.000000', name: 'eyes' }),
    'views.open, unknown trigger': () => web.views.open({ trigger_id: '1.2.3', view: modal }),
    'views.open, spent trigger': async () => {
      const id = await trigger()
      await web.views.open({ trigger_id: id, view: modal })
      return web.views.open({ trigger_id: id, view: modal })
    },
    'views.update, unknown view': () => web.views.update({ view_id: 'V0NONE', view: modal }),
    'views.update, stale hash': async () => {
      const home = await web.views.publish({ user_id: user, view: { type: 'home', blocks } })
      return web.views.publish({ user_id: user, hash: `${home.view?.hash}0`, view: { type: 'home', blocks } })
    },
    'bots.info, unknown bot': () => web.bots.info({ bot: 'B0NONE' }),
    'files.info, unknown file': () => web.files.info({ file: 'F0NONE' }),
    'files.delete, unknown file': () => web.files.delete({ file: 'F0NONE' }),
    'unknown method': () => web.apiCall('chat.shout', {}),
  }
}

const CHANNEL_ID = /^C[0-9A-Z]{3,}$/

/** The error code of a call, 'ok', or the HTTP status that stood in for an answer. */
async function verdict(call: Promise<unknown> | undefined): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    const { data, statusCode } = error as { data?: { error?: string }; statusCode?: number }
    return data?.error ?? `HTTP ${statusCode}`
  }
}

/** `path: type` of everything in an answer; a list stands for all its items together. */
function shape(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return [`${path}: list`, ...new Set(value.flatMap((each) => shape(each, `${path}[]`)))]
  if (typeof value !== 'object' || value === null)
    return [`${path}: ${value === null ? 'null' : typeof value}`]
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return entries.flatMap(([name, each]) =>
    shape(each, [path, CHANNEL_ID.test(name) ? '*' : name].filter(Boolean).join('.')),
  )
}

/** What only one side has: `+` ours, `-` the other's. The client adds scopes from headers; they are no part of the answer. */
function differences(ours: unknown, theirs: unknown): string[] {
  const clean = (lines: string[]) =>
    new Set(lines.filter((line) => !/^response_metadata\.(scopes|acceptedScopes)/.test(line)))
  const [a, b] = [clean(shape(ours)), clean(shape(theirs))]
  return [
    ...[...a].filter((line) => !b.has(line)).map((line) => `+ ${line}`),
    ...[...b].filter((line) => !a.has(line)).map((line) => `- ${line}`),
  ]
}

describe('the emulator beside npm emulate', () => {
  let world: World
  let oracle: { emulator: Emulator; side: Side }
  let ours: Record<string, unknown>
  let theirs: Record<string, unknown>
  before(async () => {
    world = await startWorld({ rateLimits: false })
    oracle = await startOracle()
    ours = await converse(ourSide(world))
    theirs = await converse(oracle.side)
  })
  after(async () => {
    await world.close()
    await oracle.emulator.close()
  })

  it('answers with the same fields of the same types, but for the listed differences', () => {
    const found = Object.keys(ours).flatMap((method) =>
      differences(ours[method], theirs[method]).map((line) => `${method} ${line}`),
    )
    expect(found.filter((line) => !DIFFERENCES.some(({ lines }) => lines.test(line)))).to.deep.equal([])
    expect(DIFFERENCES.filter(({ lines }) => !found.some((line) => lines.test(line)))).to.deep.equal([])
  })

  it('refuses with the same words, but for the listed differences', async () => {
    const theirRefusals = refusals(oracle.side)
    for (const [name, refuse] of Object.entries(refusals(ourSide(world)))) {
      const said = { ours: await verdict(refuse()), theirs: await verdict(theirRefusals[name]?.()) }
      const { why: _why, ...listed } = REFUSED_DIFFERENTLY[name] ?? {
        why: '',
        ours: said.ours,
        theirs: said.ours,
      }
      expect(said, name).to.deep.equal(listed)
      expect(said.ours, name).to.not.equal('ok')
    }
  })

  it('compares every method that it has too', () => {
    const compared = Object.keys(ours).map((name) => name.split(' ')[0])
    const absent = ['users.conversations']
    expect(Object.keys(METHODS).filter((name) => !compared.includes(name))).to.deep.equal(absent)
  })
})
