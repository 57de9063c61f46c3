import { expect } from 'chai'
import { parseEvent } from '../../../src/adapters/slack/parse.js'
import { fixture, fixtureNames } from './fixtures.js'

type Expected = Record<string, unknown>
const at = (seconds: number): Date => new Date(seconds * 1000)
const DM = { id: 'D0MEI', kind: 'direct' }
const IT = { id: 'C0IT', kind: 'channel' }

const UNDERSTOOD: [name: string, expected: Expected][] = [
  [
    'message-in-dm',
    {
      kind: 'message',
      platform: 'slack',
      tenant: 'T0001',
      userId: 'U0MEI',
      at: at(1795161600),
      conversation: DM,
      messageId: '1795161600.000100',
      text: 'my VPN is down & I can<not> work',
      mentionsBot: false,
      files: [],
    },
  ],
  ['message-in-dm-thread', { kind: 'message', thread: '1795161600.000100', text: 'still down' }],
  ['message-root-with-replies', { kind: 'message', thread: undefined, messageId: '1795161600.000100' }],
  [
    'mention-as-app-mention',
    {
      kind: 'message',
      mentionsBot: true,
      conversation: { id: 'C0GEN', kind: 'channel' },
      text: 'the beamer in room 4 is dead, ask @{U0TOM}',
    },
  ],
  [
    'mention-as-message',
    { kind: 'message', mentionsBot: true, text: 'the beamer in room 4 is dead, ask @{U0TOM}' },
  ],
  [
    'message-in-channel-thread',
    {
      kind: 'message',
      mentionsBot: false,
      conversation: IT,
      thread: '1795161600.000500',
      text: 'try the cable',
    },
  ],
  ['thread-broadcast', { kind: 'message', conversation: IT, thread: '1795161600.000500', text: 'all clear' }],
  [
    'file-alone',
    {
      kind: 'message',
      text: 'plan.gdoc (https://docs.google.com/document/d/1)',
      files: [
        {
          id: 'F01',
          name: 'shot.png',
          bytes: 12345,
          locator: 'https://files.slack.com/files-pri/T0001-F01/download/shot.png',
        },
      ],
    },
  ],
  [
    'file-from-another-workspace',
    { kind: 'message', files: [{ id: 'F04', name: 'F04', bytes: 0, locator: 'files.info:F04' }] },
  ],
  ['forwarded-message', { kind: 'message', text: 'the wiki (https://wiki.acme.example) is down' }],
  [
    'edit-in-dm',
    {
      kind: 'edit',
      userId: 'U0MEI',
      at: at(1795161900),
      conversation: DM,
      messageId: '1795161600.000100',
      thread: undefined,
      text: 'my VPN & mail are down',
    },
  ],
  [
    'edit-in-channel-thread',
    { kind: 'edit', conversation: IT, messageId: '1795161800.000100', thread: '1795161600.000500' },
  ],
  ['deletion-in-dm', { kind: 'delete', userId: 'U0MEI', conversation: DM, messageId: '1795161600.000100' }],
  [
    // the envelope knows whole seconds only
    'deletion-within-the-second',
    { kind: 'delete', messageId: '1795161600.917000', at: new Date(1795161600_917) },
  ],
  [
    'deletion-that-leaves-a-tombstone',
    { kind: 'delete', userId: 'U0MEI', conversation: DM, messageId: '1795161600.000100' },
  ],
  ['home-opened', { kind: 'presence', what: 'home_opened', userId: 'U0MEI' }],
  ['user-change', { kind: 'presence', what: 'profile_changed', userId: 'U0MEI' }],
]

const PASSED_OVER: [name: string, what: string][] = [
  ['chatter-in-channel', 'channel:chatter'],
  ['own-message', 'message:not_by_a_person'],
  ['message-of-another-bot', 'message:bot_message'],
  ['channel-join', 'message:channel_join'],
  ['edit-of-chatter', 'channel:chatter'],
  ['change-by-unfurl', 'change:not_an_edit'],
  ['change-by-unfurl-after-an-edit', 'change:not_an_edit'],
  ['change-of-own-card', 'change:not_by_a_person'],
  ['deletion-of-own-message', 'deletion:not_of_a_person'],
  ['rate-limited-app', 'envelope'],
]

/** The one event of a body; fails when it is another number. */
function only(body: unknown): Expected & { keys: string[] } {
  const parsed = parseEvent(body, {})
  if (parsed.kind !== 'events') throw new Error(`not events: ${JSON.stringify(parsed)}`)
  expect(parsed.events).to.have.length(1)
  return parsed.events[0] as unknown as Expected & { keys: string[] }
}

function edited(name: string, change: Record<string, unknown>): Record<string, unknown> {
  const body = fixture('events', name)
  return { ...body, event: { ...(body.event as object), ...change } }
}

describe('parseEvent', () => {
  for (const [name, expected] of UNDERSTOOD) {
    it(`understands ${name}`, () => {
      const event = only(fixture('events', name))
      for (const [field, value] of Object.entries(expected)) expect(event[field], field).to.deep.equal(value)
    })
  }

  for (const [name, what] of PASSED_OVER) {
    it(`passes over ${name}`, () => {
      expect(parseEvent(fixture('events', name), {})).to.include({ kind: 'unsupported', what })
    })
  }

  it('knows every fixture', () => {
    const named = [...UNDERSTOOD, ...PASSED_OVER].map(([name]) => name)
    expect([...named].sort()).to.deep.equal(fixtureNames('events').sort())
  })

  it('names a message by its event, its place and its client, and nothing else', () => {
    expect(only(fixture('events', 'message-in-dm')).keys).to.deep.equal([
      (fixture('events', 'message-in-dm') as { event_id: string }).event_id.replace(/^/, 'event:'),
      'msg:T0001:D0MEI:1795161600.000100',
      'client:8a1f-44',
    ])
  })

  it('gives a mention that arrives as two events one name', () => {
    const [first, second] = [
      fixture('events', 'mention-as-app-mention'),
      fixture('events', 'mention-as-message'),
    ]
    const shared = only(first).keys.filter((key) => only(second).keys.includes(key))
    expect(shared).to.include('msg:T0001:C0GEN:1795161600.000300')
  })

  it('gives one gesture under two timestamps one name', () => {
    const other = edited('message-in-dm', { ts: '1795161600.000199' })
    expect(only(other).keys).to.include('client:8a1f-44')
  })

  it('names an edit by the time of the edit, so that two edits are two', () => {
    expect(only(fixture('events', 'edit-in-dm')).keys[1]).to.equal(
      'edit:T0001:D0MEI:1795161600.000100:1795161900.000000',
    )
  })

  it('names a deletion the same whether a tombstone stays or not', () => {
    const names = ['deletion-in-dm', 'deletion-that-leaves-a-tombstone'].map(
      (name) => only(fixture('events', name)).keys[1],
    )
    expect(names).to.deep.equal(Array(2).fill('delete:T0001:D0MEI:1795161600.000100'))
  })

  it('tells whether a thread hangs on a post of ours, where Slack tells', () => {
    expect(only(fixture('events', 'message-in-channel-thread'))).to.include({ threadIsOurs: true })
    expect(only(edited('message-in-channel-thread', { parent_user_id: 'U0ANN' }))).to.include({
      threadIsOurs: false,
    })
    expect(only(edited('message-in-channel-thread', { parent_user_id: undefined }))).to.not.have.property(
      'threadIsOurs',
    )
    expect(only(fixture('events', 'message-in-dm'))).to.not.have.property('threadIsOurs')
  })

  it('passes over the opening of the messages tab: there is nothing to draw', () => {
    expect(parseEvent(edited('home-opened', { tab: 'messages' }), {})).to.include({ what: 'home:messages' })
  })

  it('reads an instant to the millisecond', () => {
    for (const ms of ['001', '123', '247', '999']) {
      const { at } = only(edited('message-in-dm', { ts: `1795161600.${ms}999` }))
      expect((at as Date).toISOString()).to.equal(`2026-11-20T08:00:00.${ms}Z`)
    }
  })

  it('answers the challenge', () => {
    expect(parseEvent({ type: 'url_verification', challenge: 'abc', token: 'x' }, {})).to.deep.equal({
      kind: 'challenge',
      challenge: 'abc',
    })
  })

  it('knows itself by auth.test where the envelope does not say', () => {
    const body = { ...fixture('events', 'mention-as-message'), authorizations: null }
    expect(parseEvent(body, {})).to.include({ kind: 'unsupported', what: 'channel:chatter' })
    const parsed = parseEvent(body, { botUserId: 'U0BOT' })
    expect(parsed.kind === 'events' ? parsed.events[0] : parsed).to.include({ mentionsBot: true })
  })

  it('takes an edit that brings the bot into a channel message', () => {
    const message = {
      type: 'message',
      user: 'U0TOM',
      text: '<@U0BOT> lunch?',
      ts: '1795161600.000400',
      edited: { user: 'U0TOM', ts: '1795161900.000000' },
    }
    expect(only(edited('edit-of-chatter', { message }))).to.include({ kind: 'edit', text: 'lunch?' })
  })

  it('takes the workspace from the context where an org-wide install leaves the team out', () => {
    const body = { ...fixture('events', 'message-in-dm'), team_id: null }
    expect(only(body)).to.include({ tenant: 'T0001' })
  })

  const BROKEN: [name: string, body: unknown][] = [
    ['null', null],
    ['a number', 7],
    ['an empty object', {}],
    ['an envelope without an event', { ...fixture('events', 'message-in-dm'), event: undefined }],
    ['a message without a channel', edited('message-in-dm', { channel: undefined })],
    ['a timestamp that is a number', edited('message-in-dm', { ts: 1795161600.0001 })],
    ['a text that is an object', edited('message-in-dm', { text: { evil: true } })],
    ['files that are no list', edited('message-in-dm', { files: 'all' })],
    ['a message without an author', edited('message-in-dm', { user: undefined })],
    ['an event named like a method', edited('message-in-dm', { type: '__proto__' })],
  ]
  for (const [name, body] of BROKEN) {
    it(`calls ${name} unsupported`, () => {
      expect(parseEvent(body, {})).to.include({ kind: 'unsupported' })
    })
  }
})
