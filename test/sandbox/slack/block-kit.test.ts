import { expect } from 'chai'
import { blockProblems, blocksTooLong, viewProblems } from '../../../src/sandbox/slack/block-kit.js'

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) })
const option = (n: number, extra: object = {}) => ({ text: plain(5), value: `v${n}`, ...extra })
const options = (count: number) => Array.from({ length: count }, (_, n) => option(n))
const buttons = (count: number) => Array.from({ length: count }, (_, n) => button({ action_id: `a${n}` }))
const button = (extra: object = {}) => ({ type: 'button', action_id: 'a', text: plain(5), ...extra })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const section = (accessory: object) => ({ type: 'section', text: mrkdwn(5), accessory })
const input = (element: object, extra: object = {}) => ({ type: 'input', label: plain(5), element, ...extra })
const select = (extra: object) => ({ type: 'static_select', action_id: 's', ...extra })
const table = (rows: number, columns: number) => ({
  type: 'table',
  rows: Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' })),
  ),
})

/** what, the greatest that passes, the smallest that does not, where Slack points */
const LIMITS: [string, object[], object[], string][] = [
  ['50 blocks', Array(50).fill({ type: 'divider' }), Array(51).fill({ type: 'divider' }), '/blocks'],
  [
    'section text',
    [{ type: 'section', text: mrkdwn(3000) }],
    [{ type: 'section', text: mrkdwn(3001) }],
    '/blocks/0/text/text',
  ],
  [
    'section text is not empty',
    [{ type: 'section', text: mrkdwn(1) }],
    [{ type: 'section', text: mrkdwn(0) }],
    '/blocks/0/text/text',
  ],
  [
    'section fields',
    [{ type: 'section', fields: Array(10).fill(mrkdwn(1)) }],
    [{ type: 'section', fields: Array(11).fill(mrkdwn(1)) }],
    '/blocks/0/fields',
  ],
  [
    'section field',
    [{ type: 'section', fields: [mrkdwn(2000)] }],
    [{ type: 'section', fields: [mrkdwn(2001)] }],
    '/blocks/0/fields/0/text',
  ],
  [
    'header',
    [{ type: 'header', text: plain(150) }],
    [{ type: 'header', text: plain(151) }],
    '/blocks/0/text/text',
  ],
  [
    'context elements',
    [{ type: 'context', elements: Array(10).fill(mrkdwn(1)) }],
    [{ type: 'context', elements: Array(11).fill(mrkdwn(1)) }],
    '/blocks/0/elements',
  ],
  ['actions elements', [actions(...buttons(25))], [actions(...buttons(26))], '/blocks/0/elements'],
  ['actions are not empty', [actions(button())], [actions()], '/blocks/0/elements'],
  [
    'button text',
    [actions(button({ text: plain(75) }))],
    [actions(button({ text: plain(76) }))],
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value',
    [actions(button({ value: 'x'.repeat(2000) }))],
    [actions(button({ value: 'x'.repeat(2001) }))],
    '/blocks/0/elements/0/value',
  ],
  [
    'button url',
    [actions(button({ url: 'x'.repeat(3000) }))],
    [actions(button({ url: 'x'.repeat(3001) }))],
    '/blocks/0/elements/0/url',
  ],
  [
    'accessibility label',
    [actions(button({ accessibility_label: 'x'.repeat(75) }))],
    [actions(button({ accessibility_label: 'x'.repeat(76) }))],
    '/blocks/0/elements/0/accessibility_label',
  ],
  [
    'action_id',
    [actions(button({ action_id: 'x'.repeat(255) }))],
    [actions(button({ action_id: 'x'.repeat(256) }))],
    '/blocks/0/elements/0/action_id',
  ],
  [
    'block_id',
    [{ type: 'divider', block_id: 'x'.repeat(255) }],
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
    '/blocks/0/block_id',
  ],
  [
    'select options',
    [section(select({ options: options(100) }))],
    [section(select({ options: options(101) }))],
    '/blocks/0/accessory/options',
  ],
  [
    'option groups',
    [section(select({ option_groups: Array(100).fill({ label: plain(1), options: options(1) }) }))],
    [section(select({ option_groups: Array(101).fill({ label: plain(1), options: options(1) }) }))],
    '/blocks/0/accessory/option_groups',
  ],
  [
    'options of a group',
    [section(select({ option_groups: [{ label: plain(75), options: options(100) }] }))],
    [section(select({ option_groups: [{ label: plain(75), options: options(101) }] }))],
    '/blocks/0/accessory/option_groups/0/options',
  ],
  [
    'option text',
    [section(select({ options: [option(1, { text: plain(75) })] }))],
    [section(select({ options: [option(1, { text: plain(76) })] }))],
    '/blocks/0/accessory/options/0/text/text',
  ],
  [
    'option value',
    [section(select({ options: [option(1, { value: 'x'.repeat(75) })] }))],
    [section(select({ options: [option(1, { value: 'x'.repeat(76) })] }))],
    '/blocks/0/accessory/options/0/value',
  ],
  [
    'option description',
    [section(select({ options: [option(1, { description: plain(75) })] }))],
    [section(select({ options: [option(1, { description: plain(76) })] }))],
    '/blocks/0/accessory/options/0/description/text',
  ],
  [
    'placeholder',
    [section(select({ options: options(1), placeholder: plain(150) }))],
    [section(select({ options: options(1), placeholder: plain(151) }))],
    '/blocks/0/accessory/placeholder/text',
  ],
  [
    'overflow',
    [section({ type: 'overflow', action_id: 'o', options: options(5) })],
    [section({ type: 'overflow', action_id: 'o', options: options(6) })],
    '/blocks/0/accessory/options',
  ],
  [
    'checkboxes',
    [section({ type: 'checkboxes', action_id: 'o', options: options(10) })],
    [section({ type: 'checkboxes', action_id: 'o', options: options(11) })],
    '/blocks/0/accessory/options',
  ],
  [
    'radio buttons',
    [section({ type: 'radio_buttons', action_id: 'o', options: options(10) })],
    [section({ type: 'radio_buttons', action_id: 'o', options: options(11) })],
    '/blocks/0/accessory/options',
  ],
  [
    'confirm title',
    [actions(button({ confirm: { title: plain(100), text: plain(1) } }))],
    [actions(button({ confirm: { title: plain(101), text: plain(1) } }))],
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    [actions(button({ confirm: { text: plain(300) } }))],
    [actions(button({ confirm: { text: plain(301) } }))],
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'confirm button',
    [actions(button({ confirm: { text: plain(1), confirm: plain(30) } }))],
    [actions(button({ confirm: { text: plain(1), confirm: plain(31) } }))],
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    'image alt text',
    [{ type: 'image', image_url: 'https://x', alt_text: 'x'.repeat(2000) }],
    [{ type: 'image', image_url: 'https://x', alt_text: 'x'.repeat(2001) }],
    '/blocks/0/alt_text',
  ],
  [
    'input label',
    [input({ type: 'plain_text_input' }, { label: plain(2000) })],
    [input({ type: 'plain_text_input' }, { label: plain(2001) })],
    '/blocks/0/label/text',
  ],
  [
    'input hint',
    [input({ type: 'plain_text_input' }, { hint: plain(2000) })],
    [input({ type: 'plain_text_input' }, { hint: plain(2001) })],
    '/blocks/0/hint/text',
  ],
  [
    'text input length',
    [input({ type: 'plain_text_input', max_length: 3000 })],
    [input({ type: 'plain_text_input', max_length: 3001 })],
    '/blocks/0/element/max_length',
  ],
  [
    'file input',
    [input({ type: 'file_input', max_files: 10 })],
    [input({ type: 'file_input', max_files: 11 })],
    '/blocks/0/element/max_files',
  ],
  [
    'markdown',
    [{ type: 'markdown', text: 'x'.repeat(12_000) }],
    [{ type: 'markdown', text: 'x'.repeat(12_001) }],
    '/blocks/0/text',
  ],
  ['table rows', [table(100, 1)], [table(101, 1)], '/blocks/0/rows'],
  ['table columns', [table(1, 20)], [table(1, 21)], '/blocks/0/rows/0'],
  [
    'card title',
    [{ type: 'card', title: mrkdwn(150) }],
    [{ type: 'card', title: mrkdwn(151) }],
    '/blocks/0/title/text',
  ],
  [
    'card body',
    [{ type: 'card', body: mrkdwn(200) }],
    [{ type: 'card', body: mrkdwn(201) }],
    '/blocks/0/body/text',
  ],
  [
    'card buttons',
    [{ type: 'card', actions: buttons(3) }],
    [{ type: 'card', actions: buttons(4) }],
    '/blocks/0/actions',
  ],
  [
    'carousel',
    [{ type: 'carousel', elements: Array(10).fill({ type: 'card', title: mrkdwn(1) }) }],
    [{ type: 'carousel', elements: Array(11).fill({ type: 'card', title: mrkdwn(1) }) }],
    '/blocks/0/elements',
  ],
  [
    'container',
    [{ type: 'container', child_blocks: Array(10).fill({ type: 'divider' }) }],
    [{ type: 'container', child_blocks: Array(11).fill({ type: 'divider' }) }],
    '/blocks/0/child_blocks',
  ],
  [
    'data table page',
    [{ ...table(1, 1), type: 'data_table', caption: 'c', page_size: 100 }],
    [{ ...table(1, 1), type: 'data_table', caption: 'c', page_size: 101 }],
    '/blocks/0/page_size',
  ],
]

/** what, the blocks, what Slack says */
const REFUSED: [string, object[], string][] = [
  ['an unknown block', [{ type: 'marquee' }], 'unsupported type: marquee [json-pointer:/blocks/0/type]'],
  ['a block without a type', [{}], 'unsupported type: undefined [json-pointer:/blocks/0/type]'],
  [
    'a block named like a method of objects',
    [{ type: 'toString' }],
    'unsupported type: toString [json-pointer:/blocks/0/type]',
  ],
  [
    'an unknown element',
    [actions({ type: 'slider' })],
    'unsupported type: slider [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'an input element in actions',
    [actions({ type: 'plain_text_input' })],
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'an unknown property of a block',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'an unknown property of an element',
    [actions(button({ icon: 'x' }))],
    'invalid additional property: icon [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'an unknown property of a text',
    [{ type: 'header', text: { ...plain(1), bold: true } }],
    'invalid additional property: bold [json-pointer:/blocks/0/text]',
  ],
  [
    'emoji on mrkdwn',
    [{ type: 'section', text: { ...mrkdwn(1), emoji: true } }],
    'invalid additional property: emoji [json-pointer:/blocks/0/text]',
  ],
  [
    'a section of nothing',
    [{ type: 'section' }],
    'missing required field: text or fields [json-pointer:/blocks/0]',
  ],
  ['a header without text', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
  [
    'mrkdwn in a header',
    [{ type: 'header', text: mrkdwn(1) }],
    'must be of type plain_text [json-pointer:/blocks/0/text/type]',
  ],
  [
    'a bare string for a text',
    [{ type: 'section', text: 'hello' }],
    'must provide an object [json-pointer:/blocks/0/text]',
  ],
  [
    'a number for a value',
    [actions(button({ value: 7 }))],
    'must provide a string [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'an unknown style',
    [actions(button({ style: 'green' }))],
    'must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a select without options',
    [section(select({}))],
    'missing required field: options or option_groups [json-pointer:/blocks/0/accessory]',
  ],
  [
    'an option without a value',
    [section(select({ options: [{ text: plain(1) }] }))],
    'missing required field: value [json-pointer:/blocks/0/accessory/options/0]',
  ],
  [
    'the same block_id twice',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    'block_id already exists: b [json-pointer:/blocks/1/block_id]',
  ],
  [
    'the same action_id twice in a block',
    [actions(button(), button())],
    'action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'an alert outside a modal',
    [{ type: 'alert', text: mrkdwn(1) }],
    'unsupported type: alert [json-pointer:/blocks/0/type]',
  ],
  [
    'an unknown block inside a container',
    [{ type: 'container', child_blocks: [{ type: 'markdown', text: 'x' }] }],
    'unsupported type: markdown [json-pointer:/blocks/0/child_blocks/0/type]',
  ],
]

const modal = (extra: object = {}) => ({
  type: 'modal',
  title: plain(24),
  blocks: [{ type: 'divider' }],
  ...extra,
})
const textInput = input({ type: 'plain_text_input' })
/** what, the view, what Slack says */
const BAD_VIEWS: [string, { [key: string]: unknown }, string][] = [
  [
    'a title of 25',
    modal({ title: plain(25) }),
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  [
    'no title',
    { type: 'modal', blocks: [{ type: 'divider' }] },
    'missing required field: title [json-pointer:/view]',
  ],
  [
    'a submit of 25',
    modal({ submit: plain(25) }),
    'must be less than 25 characters [json-pointer:/view/submit/text]',
  ],
  [
    'a close of 25',
    modal({ close: plain(25) }),
    'must be less than 25 characters [json-pointer:/view/close/text]',
  ],
  [
    'private metadata of 3001',
    modal({ private_metadata: 'x'.repeat(3001) }),
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    'a callback_id of 256',
    modal({ callback_id: 'x'.repeat(256) }),
    'must be less than 256 characters [json-pointer:/view/callback_id]',
  ],
  [
    '101 blocks',
    modal({ blocks: Array(101).fill({ type: 'divider' }) }),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  ['no blocks', modal({ blocks: [] }), 'must have at least 1 item [json-pointer:/view/blocks]'],
  [
    'an input without submit',
    modal({ blocks: [textInput] }),
    'missing required field: submit [json-pointer:/view]',
  ],
  ['an unknown property', modal({ size: 'large' }), 'invalid additional property: size [json-pointer:/view]'],
  [
    'a message-only block',
    modal({ blocks: [{ type: 'markdown', text: 'x' }] }),
    'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
  ],
  [
    'a title on a Home tab',
    { type: 'home', title: plain(1), blocks: [] },
    'invalid additional property: title [json-pointer:/view]',
  ],
  ['an unknown kind', { type: 'drawer', blocks: [] }, 'unsupported type [json-pointer:/view/type]'],
]

describe('Block Kit limits', () => {
  for (const [name, greatest, tooMuch, pointer] of LIMITS) {
    it(`${name}: the greatest passes, one more is refused at ${pointer}`, () => {
      expect(blockProblems(greatest, 'message')).to.deep.equal([])
      const problems = blockProblems(tooMuch, 'message')
      expect(problems).to.have.length(1)
      expect(problems[0]).to.contain(`[json-pointer:${pointer}]`)
    })
  }

  it('the total of a message ends at about 13,200 characters', () => {
    const texts = (chars: number) =>
      Array.from({ length: chars / 1000 }, () => ({ type: 'section', text: mrkdwn(1000) }))
    expect(blocksTooLong(texts(12_000))).to.equal(false)
    expect(blocksTooLong(texts(14_000))).to.equal(true)
  })

  it('options do not count towards the total', () => {
    expect(
      blocksTooLong([
        section(select({ options: Array(100).fill({ text: plain(75), value: 'x'.repeat(75) }) })),
      ]),
    ).to.equal(false)
  })
})

describe('Block Kit validation', () => {
  for (const [name, blocks, said] of REFUSED) {
    it(`refuses ${name}`, () => {
      expect(blockProblems(blocks, 'message')).to.deep.equal([said])
    })
  }

  it('names every problem at once', () => {
    expect(blockProblems([{ type: 'x' }, { type: 'header' }], 'message')).to.have.length(2)
  })

  it('accepts every kind of input element', () => {
    const kinds = [
      'plain_text_input',
      'email_text_input',
      'url_text_input',
      'datepicker',
      'timepicker',
      'datetimepicker',
      'users_select',
      'multi_users_select',
      'conversations_select',
      'channels_select',
      'external_select',
      'file_input',
      'rich_text_input',
    ]
    expect(
      blockProblems(
        kinds.map((type) => input({ type, action_id: 'a' })),
        'modal',
      ),
    ).to.deep.equal([])
  })

  it('takes an alert in a modal', () => {
    expect(blockProblems([{ type: 'alert', level: 'error', text: mrkdwn(200) }], 'modal')).to.deep.equal([])
  })
})

describe('view validation', () => {
  it('accepts a modal at its limits', () => {
    const view = modal({
      submit: plain(24),
      close: plain(24),
      private_metadata: 'x'.repeat(3000),
      blocks: [...Array(99).fill({ type: 'divider' }), textInput],
    })
    expect(viewProblems(view)).to.deep.equal([])
  })

  it('accepts an empty Home tab', () => {
    expect(viewProblems({ type: 'home', blocks: [] })).to.deep.equal([])
  })

  for (const [name, view, said] of BAD_VIEWS) {
    it(`refuses ${name}`, () => {
      expect(viewProblems(view)).to.deep.equal([said])
    })
  }
})
