import type { ActionVerb, Card, Element, Form } from '../../src/cards/card.js'

export const LOCALES = ['en', 'zh-CN'] as const
type Sample = (typeof LOCALES)[number]

/** German compounds are the longest words that a button meets; Chinese has no spaces to break at. */
const LONG: Record<Sample, string> = {
  en: 'Bildschirmarbeitsplatzverordnungsbeauftragtenstellvertreterin & Rechtsschutzversicherungsgesellschaften <Abteilung> ',
  'zh-CN':
    '由于供应商的维护窗口被推迟，会议室投影仪的无线连接一直无法恢复，请先使用有线连接并等待进一步通知；',
}
const NAMES: Record<Sample, string> = {
  en: 'Donaudampfschifffahrtsgesellschaftskapitän O’Neill',
  'zh-CN': '欧阳司马上官诸葛',
}

/** Words that try to be more than words. */
export const HOSTILE: readonly [name: string, text: string][] = [
  ['a call of the whole channel', 'read this <!channel> and @channel and <!here|here>'],
  ['a mention', 'ask <@U0EVE> and <at>Eve</at> and <at id=all></at>'],
  ['a fake link', '<https://evil.example|https://bank.example> [bank](https://evil.example)'],
  ['an address', 'go to https://evil.example now'],
  ['entities', '&lt;!channel&gt; &amp;lt;@U0EVE&amp;gt; & < >'],
  ['half a mark', 'a < b > c <@ <! <'],
  ['a channel', '<#C0GEN|general> #general'],
  ['a group and a date', '<!subteam^S1|@all> <!date^1^{date}|now>'],
  ['bidi overrides', 'invoice\u202Efdp.exe \u2066hidden\u2069'],
  ['zero-width characters', '<\u200B!channel> <\u200B@U0EVE>'],
]

/** A card with every kind of element, in everyday lengths. */
export const EVERYTHING: Record<Sample, Card> = { en: everything('en'), 'zh-CN': everything('zh-CN') }

function everything(locale: Sample): Card {
  return cardOf(
    locale,
    locale === 'en' ? 'The printer is on fire' : '打印机着火了',
    elementsOf(locale, (s) => s.slice(0, 40)),
  )
}

/** The same with texts that are repeated so many times. */
export function longCard(locale: Sample, times: number): Card {
  const elements = elementsOf(locale, (text) => text.repeat(times))
  return cardOf(
    locale,
    LONG[locale].repeat(times),
    Array.from({ length: Math.min(times, 8) }, () => elements).flat(),
  )
}

function cardOf(locale: Sample, title: string, elements: Element[]): Card {
  return { audience: 'team', locale, title, tone: 'warning', summary: title, elements }
}

function elementsOf(locale: Sample, sized: (text: string) => string): Element[] {
  const text = sized(LONG[locale])
  const name = sized(NAMES[locale])
  const at = new Date('2026-11-20T08:00:00Z')
  const action = { verb: 'claim', ticketId: '01hzy3v7k2m4n6p8q0r2s4t6v8' } as const
  const userIds = { slack: 'U0ANN', teams: '29:ann', feishu: 'ou_ann' }
  return [
    {
      kind: 'text',
      text: [
        text,
        { kind: 'strong', text },
        text,
        { kind: 'quiet', text },
        { kind: 'code', text: '`x`' },
        { kind: 'instant', at, style: 'date_time', zone: 'Asia/Shanghai', locale },
        { kind: 'person', id: 'p', name, notify: true, userIds },
        { kind: 'link', text: name, url: 'https://desk.example/t/1?a=1&b=<2>|3' },
        {
          kind: 'place',
          text: name,
          address: { platform: 'slack', conversation: 'C0IT' },
          messageId: '1.000001',
        },
      ],
    },
    {
      kind: 'facts',
      facts: Array.from({ length: 12 }, (_, i) => ({ label: `${name} ${i}`, value: [text] })),
    },
    { kind: 'quote', text: [`${text}\n\n${text}`] },
    { kind: 'small', text: [text] },
    { kind: 'divider' },
    {
      kind: 'files',
      files: [1, 2, 3].map((n) => ({
        name: `${name} ${n}.png`,
        bytes: n * 900_000,
        url: 'https://desk.example/f/1',
      })),
    },
    {
      kind: 'controls',
      controls: [
        { kind: 'button', label: text, action, style: 'primary' },
        {
          kind: 'button',
          label: text,
          action: { ...action, verb: 'dismiss' },
          style: 'danger',
          confirm: { title: text, text, yes: text, no: text },
        },
        {
          kind: 'menu',
          label: text,
          options: Array.from({ length: 8 }, (_, i) => ({
            label: `${name} ${i}`,
            action: { ...action, verb: 'assign' as ActionVerb, arg: `person-${i}` },
          })),
        },
        { kind: 'link_button', label: text, url: 'https://desk.example/t/1' },
      ],
    },
    {
      kind: 'rows',
      rows: [1, 2, 3].map((n) => ({
        text: [`${n} ${text}`],
        control: { kind: 'button' as const, label: text, action },
      })),
    },
    { kind: 'rows', rows: [{ text: [text] }] },
  ]
}

/** A form with every kind of field, its choices among so many people. */
export function everyField(locale: Sample, people: number): Form {
  const text = LONG[locale]
  return {
    verb: 'assign',
    ticketId: '01hzy3v7k2m4n6p8q0r2s4t6v8',
    arg: 'a',
    locale,
    title: text,
    submit: text,
    cancel: text,
    fields: [
      { kind: 'say', text: [text.repeat(60)] },
      {
        kind: 'text',
        name: 'one',
        label: text,
        hint: text.repeat(40),
        lines: 'one',
        required: true,
        maxLength: 80,
        value: text.repeat(9),
      },
      {
        kind: 'text',
        name: 'many',
        label: text.repeat(60),
        lines: 'many',
        required: false,
        maxLength: 40_000,
      },
      {
        kind: 'choice',
        name: 'to',
        label: text,
        hint: text,
        required: true,
        value: `person-${people - 1}`,
        options: Array.from({ length: people }, (_, i) => ({
          label: `${NAMES[locale]} ${i} <&> ${text}`,
          value: `person-${i}`,
        })),
      },
      { kind: 'choice', name: 'none', label: text, required: false, options: [] },
      { kind: 'files', name: 'files', label: text, required: false, maxFiles: 50 },
    ],
  }
}
