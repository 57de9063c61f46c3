import { expect } from 'chai'
import fc from 'fast-check'
import { parseEvent } from '../../../src/adapters/feishu/parse.js'
import { resourceOf } from '../../../src/adapters/feishu/parse-content.js'
import type { ParsedEvent } from '../../../src/adapters/feishu/parsed.js'
import { ENVELOPE } from '../../../src/adapters/feishu/wire.js'
import type { InboundMessage } from '../../../src/intake/inbound.js'
import { AT, BOT, envelope, IT_DESK, MEI, message, TENANT, TOM } from './support.js'

const SELF = { botOpenId: BOT }

function parsed(type: string, event: Record<string, unknown>, self = SELF): ParsedEvent {
  return parseEvent(ENVELOPE.parse(envelope(type, event, { event_id: 'ev' })), self, AT)
}
function received(more: Record<string, unknown>, sender?: Record<string, unknown>): InboundMessage {
  const result = parsed('im.message.receive_v1', message(more, sender))
  const [event] = result.kind === 'events' ? result.events : []
  if (event?.kind !== 'message') throw new Error(`no message: ${JSON.stringify(result)}`)
  return event
}
const content = (value: unknown): string => JSON.stringify(value)
const mention = (key: string, openId: string | undefined, name = 'N'): unknown => ({
  key,
  id: { open_id: openId, union_id: 'on_', user_id: '' },
  name,
  tenant_key: TENANT,
})

describe('a message', () => {
  it('in the chat with the bot is understood', () => {
    expect(received({})).to.deep.equal({
      kind: 'message',
      platform: 'feishu',
      tenant: TENANT,
      userId: MEI,
      at: AT,
      keys: ['event:ev', `msg:${TENANT}:om_1`],
      conversation: { id: `open_id:${MEI}`, kind: 'direct' },
      messageId: 'om_1',
      mentionsBot: false,
      text: 'printer is on fire',
      files: [],
    })
  })

  it('in a thread names the thread’s root', () => {
    const reply = received({
      chat_type: 'group',
      chat_id: IT_DESK,
      root_id: 'om_0',
      parent_id: 'om_0',
      thread_id: 'omt_1',
    })
    expect(reply).to.deep.include({ thread: 'om_0', conversation: { id: IT_DESK, kind: 'channel' } })
  })

  it('in a group that is neither to us nor in a thread is nobody’s concern', () => {
    expect(parsed('im.message.receive_v1', message({ chat_type: 'group', chat_id: IT_DESK }))).to.include({
      kind: 'unsupported',
      what: 'channel:chatter',
    })
  })

  for (const [name, sender] of [
    ['of an app', { sender_type: 'app' }],
    ['of the bot', { sender_id: { open_id: BOT } }],
    ['of nobody', { sender_id: null }],
    ['of somebody of another company', { tenant_key: 'another' }],
  ] as const) {
    it(`${name} is passed over`, () => {
      expect(parsed('im.message.receive_v1', message({}, sender))).to.include({ kind: 'unsupported' })
    })
  }

  const TEXTS: [name: string, text: string, mentions: unknown[], expected: string][] = [
    [
      'removes the bot’s own mention',
      '@_user_1 my VPN is down',
      [mention('@_user_1', BOT)],
      'my VPN is down',
    ],
    ['removes it in the middle', 'hey @_user_1 my VPN', [mention('@_user_1', BOT)], 'hey my VPN'],
    ['is empty when there was only that', ' @_user_1 ', [mention('@_user_1', BOT)], ''],
    ['writes a mention with its id', 'ask @_user_1', [mention('@_user_1', TOM)], `ask @{${TOM}}`],
    [
      'tells the tenth from the first',
      '@_user_10 @_user_1',
      [mention('@_user_1', TOM), mention('@_user_10', MEI)],
      `@{${MEI}} @{${TOM}}`,
    ],
    [
      'writes a mention without an id by its name',
      'ask @_user_1',
      [mention('@_user_1', undefined, 'Zoe')],
      'ask @Zoe',
    ],
    ['leaves a placeholder that somebody typed', 'what is @_user_7?', [], 'what is @_user_7?'],
    ['writes a call of everybody as words', '@_all lunch', [], '@all lunch'],
    ['breaks a mention that somebody only typed', 'hi @{ou_boss}', [], 'hi @ {ou_boss}'],
    [
      'keeps marks, emoji and lines',
      '*a* <b> & :fire: 着火了\n第二行',
      [],
      '*a* <b> & :fire: 着火了\n第二行',
    ],
  ]
  for (const [name, text, mentions, expected] of TEXTS) {
    it(name, () => {
      expect(received({ content: content({ text }), mentions }).text).to.equal(expected)
    })
  }

  it('never makes a mention of what somebody typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = `${before}@{ou_boss}${after}`
        expect(received({ content: content({ text }) }).text).to.not.contain('@{')
      }),
    )
  })

  it('in rich text becomes plain lines with its pictures', () => {
    const line = (...tags: unknown[]): unknown[] => tags
    const rich = {
      title: 'Broken',
      content: [
        line({ tag: 'text', text: 'see ' }, { tag: 'a', text: 'wiki', href: 'https://w.example' }),
        line({ tag: 'at', user_id: '@_user_1', user_name: 'Tom' }, { tag: 'text', text: ' knows @{ou_x}' }),
        line({ tag: 'img', image_key: 'img_1' }),
        line({ tag: 'img', image_key: 'img_2' }, { tag: 'emotion', emoji_type: 'SOB' }),
      ],
    }
    const event = received({
      message_type: 'post',
      content: content(rich),
      mentions: [mention('@_user_1', TOM)],
    })
    expect(event.text).to.equal(`Broken\nsee wiki (https://w.example)\n@{${TOM}} knows @ {ou_x}\n\n[SOB]`)
    expect(event.files.map((file) => [file.name, file.locator])).to.deep.equal([
      ['image-1.png', 'om_1/image/img_1'],
      ['image-2.png', 'om_1/image/img_2'],
    ])
    expect(received({ message_type: 'post', content: content({ zh_cn: rich }) }).text).to.contain('Broken')
  })

  const FILES: [type: string, content: unknown, text: RegExp, files: [string, string][]][] = [
    ['image', { image_key: 'img_v2' }, /^$/, [['image.png', 'om_1/image/img_v2']]],
    ['file', { file_key: 'file_1', file_name: '日志.txt' }, /^$/, [['日志.txt', 'om_1/file/file_1']]],
    [
      'media',
      { file_key: 'file_2', image_key: 'img_0', file_name: 'a.mp4' },
      /^$/,
      [['a.mp4', 'om_1/file/file_2']],
    ],
    ['audio', { file_key: 'file_3', duration: 3000 }, /语音.*voice/, [['voice.opus', 'om_1/file/file_3']]],
    ['sticker', { file_key: 'file_4' }, /sticker/, []],
    ['share_chat', { chat_id: 'oc_1' }, /group/, []],
    ['hologram', {}, /message/, []],
    ['__proto__', {}, /message/, []],
  ]
  for (const [type, body, text, files] of FILES) {
    it(`of the type ${type} says what it is`, () => {
      const event = received({ message_type: type, content: content(body) })
      expect(event.text).to.match(text)
      expect(event.files.map((file) => [file.name, file.locator])).to.deep.equal(files)
    })
  }

  it('that is a forwarded chat says so, though its content is no JSON', () => {
    expect(
      received({ message_type: 'merge_forward', content: 'Merged and Forwarded Message' }).text,
    ).to.contain('合并转发')
  })

  it('whose content is damaged is still a message', () => {
    expect(received({ content: '{"text":' }).text).to.contain('message')
  })

  it('that lacks its id is unreadable', () => {
    expect(parsed('im.message.receive_v1', { message: {} })).to.deep.equal({
      kind: 'unsupported',
      what: 'unreadable:message',
      eventId: 'ev',
    })
  })
})

describe('other events', () => {
  it('of the menu name who chose what', () => {
    const event = { operator: { operator_id: { open_id: MEI } }, event_key: 'my_tickets', timestamp: 1 }
    expect(parsed('application.bot.menu_v6', event)).to.deep.include({
      kind: 'menu',
      userId: MEI,
      entry: 'my_tickets',
    })
  })

  for (const [type, event, what] of [
    [
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      { chat_id: 'oc', operator_id: { open_id: MEI } },
      { what: 'chat_opened', conversation: `open_id:${MEI}` },
    ],
    ['contact.user.updated_v3', { object: { open_id: MEI } }, { what: 'profile_changed' }],
  ] as const) {
    it(`${type} is presence`, () => {
      const result = parsed(type, event)
      expect(result.kind === 'events' ? result.events : []).to.deep.equal([
        {
          kind: 'presence',
          platform: 'feishu',
          tenant: TENANT,
          userId: MEI,
          at: AT,
          keys: ['event:ev'],
          ...what,
        },
      ])
    })
  }

  it('of an unknown type are passed over', () => {
    expect(parsed('moon.landed_v1', {})).to.include({ kind: 'unsupported', what: 'event:moon.landed_v1' })
  })
})

describe('a file’s locator', () => {
  it('names nothing when it is not ours', () => {
    for (const locator of [
      '',
      'om_1',
      'om_1/image',
      'om_1/script/k',
      '../x/image/k',
      'om_1/image/../k',
      'a/file/b/c',
    ])
      expect(resourceOf(locator), locator).to.equal(undefined)
  })
})
