import { expect } from 'chai'
import { parseActivity, readActivity } from '../../../src/adapters/teams/parse.js'
import type { Parsed } from '../../../src/adapters/teams/parsed.js'
import { ANN, AT, BOT_ID, IT_DESK, MEI, TENANT } from './support.js'

const AAD_OF = new Map([['29:ann', ANN]])
const BASE = {
  type: 'message',
  id: '1763625600123',
  timestamp: '2026-11-20T07:59:00.123Z',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
  from: { id: '29:mei', name: '李梅', aadObjectId: MEI },
  recipient: { id: BOT_ID, name: 'Paidan' },
  conversation: { conversationType: 'personal', tenantId: TENANT, id: 'a:1mei' },
  channelData: { tenant: { id: TENANT } },
  text: 'hello',
}
const CHANNEL = {
  conversation: {
    conversationType: 'channel',
    isGroup: true,
    tenantId: TENANT,
    id: `${IT_DESK};messageid=1763625500000`,
  },
}
const US = { type: 'mention', text: '<at>Paidan</at>', mentioned: { id: BOT_ID, name: 'Paidan' } }
const HER = { type: 'mention', text: '<at>Ann Lee</at>', mentioned: { id: '29:ann', name: 'Ann Lee' } }

function parsed(more: object): Parsed {
  const activity = readActivity({ ...BASE, ...more })
  if (activity === undefined) throw new Error('not an activity')
  return parseActivity(activity, { aadOf: AAD_OF, at: AT })
}
function event(more: object) {
  const found = parsed(more)
  if (found.kind !== 'events') throw new Error(JSON.stringify(found))
  return found.events[0]
}

describe('a message of Teams', () => {
  it('comes with who, where, when and two names of its own', () => {
    expect(event({})).to.deep.equal({
      kind: 'message',
      platform: 'teams',
      tenant: TENANT,
      userId: MEI,
      at: new Date('2026-11-20T07:59:00.123Z'),
      conversation: { id: 'a:1mei', kind: 'direct' },
      messageId: '1763625600123',
      keys: [
        `event:${TENANT}:a:1mei:1763625600123:2026-11-20T07:59:00.123Z`,
        `msg:${TENANT}:a:1mei:1763625600123`,
      ],
      text: 'hello',
      mentionsBot: false,
      files: [],
    })
  })

  const TEXTS: [name: string, more: object, text: string][] = [
    ['loses the mention of the bot', { text: '<at>Paidan</at> help', entities: [US] }, 'help'],
    [
      'loses every mention of the bot',
      { text: '<at>Paidan</at> a <at>Paidan</at> b', entities: [US, US] },
      'a b',
    ],
    [
      'loses the blank that cannot break behind it',
      { text: '<at>Paidan</at>&nbsp;help', entities: [US] },
      'help',
    ],
    [
      'names people by their Entra ids',
      { text: 'ask <at>Ann Lee</at> please', entities: [HER] },
      `ask @{${ANN}} please`,
    ],
    [
      'names somebody unknown by their name',
      { text: 'ask <at>Zoe</at>', entities: [{ ...HER, text: '<at>Zoe</at>', mentioned: { id: '29:zoe' } }] },
      'ask @Zoe',
    ],
    ['knows no mention that is not listed', { text: 'ask <at>Ann Lee</at>', entities: [] }, 'ask Ann Lee'],
    ['breaks an id that somebody typed', { text: `I am @{${ANN}}` }, `I am @ {${ANN}}`],
    ['breaks one that entities hide', { text: `I am @&#123;${ANN}}` }, `I am @ {${ANN}}`],
    ['decodes entities once', { text: 'a &lt;b&gt; &amp;lt; &#39;c&#39;' }, "a <b> &lt; 'c'"],
    [
      'keeps entities that somebody typed as plain text',
      { text: 'write &lt;b&gt; &amp; &#39;, or &nbsp;', textFormat: 'plain' },
      'write &lt;b&gt; &amp; &#39;, or &nbsp;',
    ],
    [
      'loses the blank that Teams puts behind a mention, in plain text, too',
      { text: '<at>Paidan</at>&nbsp;help &amp;', textFormat: 'plain', entities: [US] },
      'help &amp;',
    ],
    [
      'reads the name in a mention as markup, in plain text, too',
      {
        text: '<at>R&amp;D</at>&nbsp;&amp;',
        textFormat: 'plain',
        entities: [{ ...HER, text: '<at>R&amp;D</at>', mentioned: { id: '29:rd' } }],
      },
      '@R&D &amp;',
    ],
    [
      'keeps what looks like a tag in plain text',
      { text: 'use <b>this</b>', textFormat: 'plain' },
      'use <b>this</b>',
    ],
    [
      'reads lines out of markup',
      { text: '<p>one</p><p>two<br>three</p><div><b>four</b></div>', textFormat: 'xml' },
      'one\ntwo\nthree\nfour',
    ],
    [
      'survives entities of other kinds',
      { text: 'x', entities: [{ type: 'clientInfo', locale: 'en' }, null, 7, { type: 'mention' }] },
      'x',
    ],
    ['may be without words', { text: undefined }, ''],
  ]
  for (const [name, more, text] of TEXTS) {
    it(name, () => expect(event(more)).to.include({ text }))
  }

  it('is in a thread by its conversation’s id, unless it is the root', () => {
    expect(event(CHANNEL)).to.deep.include({
      conversation: { id: IT_DESK, kind: 'channel' },
      thread: '1763625500000',
    })
    const root = event({ ...CHANNEL, id: '1763625500000', text: '<at>Paidan</at> x', entities: [US] })
    expect(root).to.include({ mentionsBot: true }).and.not.have.property('thread')
  })

  const NOTHING: [name: string, more: object, what: string][] = [
    ['chatter in a channel', { ...CHANNEL, id: '1763625500000' }, 'channel:chatter'],
    ['a message of our own', { from: { id: BOT_ID, aadObjectId: ANN } }, 'message:not_by_a_person'],
    ['a message of another bot', { from: { id: '28:other', aadObjectId: ANN } }, 'message:not_by_a_person'],
    ['a message of nobody', { from: { id: '29:x' } }, 'message:no_entra_id'],
    ['a button without a dialog', { text: undefined, value: { a: 1 } }, 'message:submit_without_dialog'],
    ['typing', { type: 'typing' }, 'activity:typing'],
    ['an unknown invoke', { type: 'invoke', name: 'tab/fetch' }, 'invoke:tab/fetch'],
    ['an app that was removed', { type: 'installationUpdate', action: 'remove' }, 'installation:remove'],
    [
      'an app that was updated',
      { type: 'installationUpdate', action: 'add-upgrade' },
      'installation:add-upgrade',
    ],
  ]
  for (const [name, more, what] of NOTHING) {
    it(`is not ${name}`, () => expect(parsed(more)).to.deep.equal({ kind: 'unsupported', what }))
  }

  it('brings files and pictures, and not its own text a second time', () => {
    const attachments = [
      { contentType: 'text/html', content: '<p>hello</p>' },
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'log.txt',
        content: { downloadUrl: 'https://acme.sharepoint.com/d?t=1', uniqueId: 'F-1', fileType: 'txt' },
      },
      {
        contentType: 'image/*',
        contentUrl: 'https://smba.trafficmanager.net/v3/attachments/1/views/original',
      },
      { contentType: 'application/vnd.microsoft.card.adaptive', content: {} },
    ]
    expect(event({ attachments })).to.deep.include({
      text: 'hello',
      files: [
        { id: 'F-1', name: 'log.txt', bytes: 0, locator: 'https://acme.sharepoint.com/d?t=1' },
        {
          id: '1763625600123:2',
          name: 'image-3',
          bytes: 0,
          locator: 'https://smba.trafficmanager.net/v3/attachments/1/views/original',
        },
      ],
    })
  })
})

describe('what follows a message of Teams', () => {
  it('is an edit, named by its time', () => {
    const edit = event({
      type: 'messageUpdate',
      text: 'hallo',
      channelData: { tenant: { id: TENANT }, eventType: 'editMessage' },
    })
    expect(edit).to.deep.include({
      kind: 'edit',
      text: 'hallo',
      messageId: '1763625600123',
      keys: [`edit:${TENANT}:a:1mei:1763625600123:2026-11-20T07:59:00.123Z`],
    })
  })

  it('is a deletion, once', () => {
    expect(event({ type: 'messageDelete', text: undefined })).to.deep.include({
      kind: 'delete',
      keys: [`delete:${TENANT}:a:1mei:1763625600123`],
    })
  })

  it('is the first look of whoever gets the app', () => {
    expect(event({ type: 'installationUpdate', action: 'add' })).to.include({
      kind: 'presence',
      what: 'chat_opened',
      userId: MEI,
      conversation: 'a:1mei',
    })
  })
})

describe('a click on Teams', () => {
  const A = JSON.stringify({ verb: 'claim', ticketId: 't1' })
  const invoke = (name: string, data: unknown, more: object = {}): Parsed =>
    parsed({
      ...CHANNEL,
      type: 'invoke',
      id: 'f:1',
      text: undefined,
      locale: 'de-DE',
      replyToId: '1763625500000',
      name,
      value:
        name === 'adaptiveCard/action' ? { action: { type: 'Action.Execute', verb: 'x', data } } : { data },
      ...more,
    })

  it('is an action on the message it stands on', () => {
    const found = invoke('adaptiveCard/action', { a: A })
    expect(found).to.deep.include({ kind: 'action' })
    expect(found.kind === 'action' ? found.click : undefined).to.deep.equal({
      kind: 'action',
      platform: 'teams',
      tenant: TENANT,
      userId: MEI,
      at: new Date('2026-11-20T07:59:00.123Z'),
      action: { verb: 'claim', ticketId: 't1' },
      locale: 'de-DE',
      key: `action:${TENANT}:${MEI}:f:1`,
      on: { conversation: IT_DESK, messageId: '1763625500000' },
    })
  })

  it('opens a dialog, and a question first where there is one', () => {
    const ask = { title: 't', text: 'x', yes: 'y', no: 'n' }
    expect(invoke('task/fetch', { a: A, ask })).to.deep.include({ dialog: 'opening', question: ask })
    expect(invoke('task/submit', { a: A })).to.include({ kind: 'action', dialog: 'open' })
  })

  it('sends a form in with what was filled in, and nothing of ours', () => {
    const found = invoke('task/submit', { a: A, form: 'zh-CN', text: 'done', n: 7, msteams: {} })
    expect(found.kind === 'submit' ? found.click : undefined).to.deep.include({
      values: { text: 'done' },
      locale: 'zh-CN',
      files: [],
      key: `submit:${TENANT}:${MEI}:f:1`,
    })
  })

  it('takes its action from a drop-down', () => {
    const found = invoke('adaptiveCard/action', { menu: 'menu0', menu0: A })
    expect(found.kind === 'action' ? found.click.action : undefined).to.deep.equal({
      verb: 'claim',
      ticketId: 't1',
    })
  })

  const FORGED: [name: string, data: unknown][] = [
    ['no data', undefined],
    ['an unknown verb', { a: '{"verb":"explode"}' }],
    ['a verb that objects have', { a: '{"verb":"constructor"}' }],
    ['more than an action', { a: '{"verb":"claim","role":"lead"}' }],
    ['no JSON', { a: 'claim' }],
    ['an object', { a: { verb: 'claim' } }],
    ['a menu that names itself', { menu: 'menu', menu0: A }],
    ['much too much', { a: `{"verb":"claim","arg":"${'x'.repeat(5000)}"}` }],
  ]
  for (const [name, data] of FORGED) {
    it(`means nothing with ${name}`, () => {
      expect(invoke('adaptiveCard/action', data)).to.include({ kind: 'unreadable', locale: 'de-DE' })
    })
  }
})
