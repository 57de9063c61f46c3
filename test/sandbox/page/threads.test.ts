import { expect } from 'chai'
import type { ShownConversation } from '../../../src/sandbox/page/pane.js'
import { paneOfSlack } from '../../../src/sandbox/page/pane-of-slack.js'
import { liveliestThread, threadsOf } from '../../../src/sandbox/page/threads.js'
import type { UserView, VisibleMessage } from '../../../src/sandbox/slack/types.js'

const message = (ts: string, more: Partial<VisibleMessage> = {}): VisibleMessage => ({
  type: 'message',
  ts,
  text: ts,
  user: 'U1',
  ...more,
})
const VIEW: Omit<UserView, 'conversations'> = {
  version: 1,
  user: {
    id: 'U1',
    name: 'u',
    realName: 'U',
    email: '',
    locale: 'en-US',
    tz: 'Etc/UTC',
    deleted: false,
    updatedAtS: 0,
    isBot: false,
  },
  team: { id: 'T1', domain: 't', name: 't' },
  bot: { userId: 'U0', name: 'Paidan' },
  people: {},
  modals: [],
}
function conversation(messages: VisibleMessage[]): Pick<ShownConversation, 'messages'> {
  const held = {
    id: 'C1',
    kind: 'channel',
    name: 'c',
    isArchived: false,
    botIsMember: true,
    unread: 0,
    mentions: 0,
    lastReadTs: '0',
    messages,
  } as const
  return paneOfSlack({ ...VIEW, conversations: [{ ...held }] }).conversations[0] ?? { messages: [] }
}
const shape = (messages: VisibleMessage[]): string[] =>
  threadsOf(conversation(messages)).map(({ root, replies }) =>
    [root.id, ...replies.map((each) => each.id)].join(' '),
  )

describe('threads', () => {
  it('stand under the message they answer', () => {
    const messages = [
      message('1'),
      message('2'),
      message('3', { thread_ts: '1' }),
      message('4', { thread_ts: '2' }),
    ]
    expect(shape(messages)).to.deep.equal(['1 3', '2 4'])
  })

  it('show a reply that was also sent to the channel in both places', () => {
    const both = message('3', { thread_ts: '1', subtype: 'thread_broadcast' })
    expect(shape([message('1'), message('2'), both])).to.deep.equal(['1 3', '2', '3'])
  })

  it('do not lose a reply whose root is gone', () => {
    expect(shape([message('2'), message('3', { thread_ts: '1' })])).to.deep.equal(['2', '3'])
  })

  it('stay under a root that was deleted', () => {
    const root = message('1', { hidden: true, subtype: 'tombstone' })
    expect(shape([root, message('3', { thread_ts: '1' })])).to.deep.equal(['1 3'])
    expect(shape([message('1', { hidden: true })])).to.deep.equal([])
  })

  it('are liveliest where something was said last', () => {
    const messages = [
      message('1'),
      message('2'),
      message('3', { thread_ts: '2' }),
      message('4', { thread_ts: '1' }),
      message('5'),
    ]
    expect(liveliestThread(threadsOf(conversation(messages)))).to.equal('1')
    expect(liveliestThread(threadsOf(conversation([message('1')])))).to.equal(undefined)
  })
})
