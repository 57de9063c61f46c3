import { expect } from 'chai'
import { cardProblems, dialogCardProblems, MAX_CARD_BYTES } from '../../../src/sandbox/teams/card-schema.js'
import { type Json, ticketCard } from './support.js'

const withBody = (...body: Json[]): Json => ({ type: 'AdaptiveCard', version: '1.5', body })
const withActions = (...actions: Json[]): Json => ({ ...withBody({ type: 'TextBlock', text: 'x' }), actions })
const execute = (extra: Json = {}): Json => ({ type: 'Action.Execute', title: 'Go', verb: 'go', ...extra })
const execute7 = Array.from({ length: 7 }, () => execute())
const refresh = (userIds: string[], action: Json = { type: 'Action.Execute', verb: 'v' }): Json => ({
  ...ticketCard(),
  refresh: { action, userIds },
})

describe('cardProblems', () => {
  const good: [string, Json][] = [
    ['a ticket', ticketCard()],
    ['six buttons and a menu', withActions(...execute7.slice(1), execute({ mode: 'secondary' }))],
    ['sixty people to refresh for', refresh(Array.from({ length: 60 }, (_none, i) => `29:${i}`))],
    [
      'nobody to refresh for',
      { ...ticketCard(), refresh: { action: { type: 'Action.Execute', verb: 'v' } } },
    ],
    [
      'a people picker',
      withBody({
        type: 'Input.ChoiceSet',
        id: 'who',
        choices: [],
        'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
      }),
    ],
    [
      'columns, facts, rich text, a table and a picture',
      withBody(
        {
          type: 'ColumnSet',
          columns: [
            {
              type: 'Column',
              width: 'stretch',
              items: [{ type: 'TextBlock', text: 'a', size: 'Large', wrap: true }],
            },
            { type: 'Column', width: '20px', items: [{ type: 'Image', url: 'https://example.com/a.png' }] },
          ],
        },
        { type: 'FactSet', facts: [{ title: 'Status', value: 'new' }] },
        { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'x', strikethrough: true }] },
        {
          type: 'Table',
          columns: [{ width: 1 }],
          rows: [
            { type: 'TableRow', cells: [{ type: 'TableCell', items: [{ type: 'TextBlock', text: 'c' }] }] },
          ],
        },
        {
          type: 'Container',
          style: 'emphasis',
          items: [],
          selectAction: { type: 'Action.Execute', verb: 'open' },
        },
      ),
    ],
    [
      'somebody mentioned',
      {
        ...withBody({ type: 'TextBlock', text: 'hi <at>"T"</at>' }),
        msteams: {
          width: 'Full',
          entities: [{ type: 'mention', text: '<at>"T"</at>', mentioned: { id: '29:t', name: 'T' } }],
        },
      },
    ],
    ['a fallback', withActions(execute({ fallback: { type: 'Action.Submit', title: 'Go' } }))],
  ]
  for (const [name, card] of good) {
    it(`has nothing against ${name}`, () => {
      expect(cardProblems(card)).to.deep.equal([])
    })
  }

  const bad: [string, unknown, RegExp][] = [
    ['no object', 'x', /a card is an object/],
    ['another type', { ...ticketCard(), type: 'Card' }, /^\/type: must be AdaptiveCard/],
    ['a later version', { ...ticketCard(), version: '1.6' }, /^\/version/],
    ['no version', { ...ticketCard(), version: undefined }, /^\/version/],
    ['an empty card', withBody(), /neither body nor actions/],
    ['an unknown element', withBody({ type: 'Carousel' }), /^\/body\/0\/type: unknown element Carousel/],
    ['an element that every object has', withBody({ type: 'constructor' }), /^\/body\/0\/type: unknown/],
    [
      'an unknown property',
      withBody({ type: 'TextBlock', text: 'x', colour: 'good' }),
      /^\/body\/0\/colour: unknown/,
    ],
    ['a text without text', withBody({ type: 'TextBlock' }), /^\/body\/0\/text: missing/],
    [
      'a wrong word',
      withBody({ type: 'TextBlock', text: 'x', weight: 'Huge' }),
      /^\/body\/0\/weight: must be one of/,
    ],
    ['a wrong type', withBody({ type: 'TextBlock', text: 7 }), /^\/body\/0\/text: must be text/],
    [
      'a flag in quotes',
      withBody({ type: 'TextBlock', text: 'x', wrap: 'true' }),
      /^\/body\/0\/wrap: must be flag/,
    ],
    ['an input without a name', withBody({ type: 'Input.Text' }), /^\/body\/0\/id: missing/],
    [
      'two inputs of one name',
      withBody({ type: 'Input.Text', id: 'a' }, { type: 'Input.Date', id: 'a' }),
      /[Dd]uplicate/,
    ],
    [
      'a menu without choices',
      withBody({ type: 'Input.ChoiceSet', id: 'a', choices: [] }),
      /choices: missing/,
    ],
    [
      'a fact without a value',
      withBody({ type: 'FactSet', facts: [{ title: 'x' }] }),
      /facts\/0\/value: missing/,
    ],
    [
      'a button without a title',
      withActions({ type: 'Action.Execute', verb: 'x' }),
      /^\/actions\/0\/title: missing/,
    ],
    [
      'an unknown button',
      withActions({ type: 'Action.Foo', title: 'x' }),
      /^\/actions\/0\/type: unknown action/,
    ],
    [
      'a script as a link',
      withActions({ type: 'Action.OpenUrl', title: 'x', url: 'javascript:1' }),
      /url: must be url/,
    ],
    ['seven buttons', withActions(...execute7), /7 visible actions/],
    [
      'seven buttons inside',
      withBody({ type: 'ActionSet', actions: execute7 }),
      /^\/body\/0\/actions: 7 visible/,
    ],
    [
      'sixty-one people to refresh for',
      refresh(Array.from({ length: 61 }, (_none, i) => `29:${i}`)),
      /61 are more/,
    ],
    ['people by another id', refresh(['aaaa-bbbb']), /must be 29:/],
    [
      'a refresh by Submit',
      refresh([], { type: 'Action.Submit' }),
      /refresh\/action: must be Action.Execute/,
    ],
    [
      'a mention that is nowhere',
      {
        ...ticketCard(),
        msteams: {
          entities: [{ type: 'mention', text: '<at>T</at>', mentioned: { id: '29:t', name: 'T' } }],
        },
      },
      /does not occur/,
    ],
    [
      'too much',
      withBody({ type: 'TextBlock', text: '字'.repeat(MAX_CARD_BYTES / 3) }),
      /bytes are more than/,
    ],
  ]
  for (const [name, card, problem] of bad) {
    it(`objects to ${name}`, () => {
      expect(cardProblems(card).join('\n')).to.match(problem)
    })
  }

  it('lets dialogs submit and open, and not execute', () => {
    expect(dialogCardProblems(withActions({ type: 'Action.Submit', title: 'x' }))).to.deep.equal([])
    expect(dialogCardProblems(withActions(execute()))).to.deep.equal([
      '/actions: a dialog has no Action.Execute',
    ])
  })
})
