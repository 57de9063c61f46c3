import { expect } from 'chai'
import type { PersonId } from '../../src/models/ids.js'
import type { TouchMeta } from '../../src/models/ticket/commands.js'
import type { Ticket } from '../../src/models/ticket/ticket.js'
import { testDatabase } from '../support/mongod.js'
import { until, type World, worlds } from './support.js'

const said = (world: World, conversation: string): string[] =>
  world.messenger
    .in(conversation)
    .flatMap((one) => (one.words ? [wordsOf(one.words.text)] : []))
    .filter((text) => text !== '')
const wordsOf = (text: readonly unknown[]): string =>
  text.map((part) => (typeof part === 'string' ? part : ((part as { text?: string }).text ?? ''))).join('')
let n = 0
const touch = (text: string, placeId?: string) => {
  n += 1
  const id = `touch-${n}`
  return { id, text, files: [], ...(placeId ? { source: { placeId, messageId: `src-${n}` } } : {}) }
}
const by = (authorId: PersonId, more: Partial<TouchMeta> = {}): TouchMeta => ({
  authorId,
  visibility: 'public',
  side: 'team',
  ...more,
})
const TEAM = 'team:it:slack'

describe('the outbox', () => {
  const database = testDatabase()
  const world = worlds(database)

  /** A ticket that bo has, with its cards posted. */
  async function claimed(): Promise<Ticket> {
    const { delivery, open, does } = world()
    delivery.start()
    const ticket = await open()
    const mine = await does('bo', ticket.id, { verb: 'claim' })
    await delivery.idle()
    return mine
  }

  it('brings what the assignee writes to the requester, under their name, and back', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, options } = world()
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('Try the new profile', TEAM) })
    await does('ann', ticket.id, { verb: 'answer', touch: touch('It works now', `requester:${ticket.id}`) })
    await delivery.idle()
    const own = messenger.in('D-ANN').filter((one) => one.words)
    expect(own.map((one) => [one.words?.author?.name, one.to.thread])).to.deep.equal([
      ['Bo', `root-${ticket.id}`],
    ])
    expect(said(world(), 'D-ANN')).to.deep.equal(['Try the new profile'])
    const [card] = messenger.in('C-IT')
    const back = messenger.in('C-IT').find((one) => JSON.stringify(one.words ?? '').includes('It works now'))
    expect(back?.to.thread).to.equal(card?.ref.messageId)
    expect(back?.words?.author?.name).to.contain('Ann')
    const found = own[0] && (await options.messages.ofTouch('acme', ticket.id, `touch-${n - 1}`))
    expect(found?.map((one) => [one.direction, one.messageId, one.visibility])).to.deep.include([
      'out',
      own[0]?.ref.messageId,
      'public',
    ])
  })

  it('waits for the team’s card before it writes in its thread, the opening line first', async () => {
    const { delivery, messenger, open, does } = world()
    messenger.script({
      method: 'postCard',
      where: 'C-IT',
      outcome: { kind: 'transient', reason: 'http_503' },
      times: 5,
    })
    const ticket = await open()
    await does('ann', ticket.id, { verb: 'answer', touch: touch('One more thing', `requester:${ticket.id}`) })
    delivery.start()
    await delivery.idle()
    const [card, opener, answer, ...more] = messenger.in('C-IT')
    expect([opener?.key, opener?.to.thread]).to.deep.equal([
      `opener:${ticket.id}:${TEAM}`,
      card?.ref.messageId,
    ])
    expect(answer?.to.thread).to.equal(card?.ref.messageId)
    expect(JSON.stringify(answer?.words)).to.contain('One more thing')
    expect(more).to.deep.equal([])
  })

  it('sets a line for a thread aside when its card is, and holds up no other ticket of the channel', async () => {
    const { delivery, messenger, open, does } = world()
    // once as it is opened, and again when the answer has changed it
    messenger.script({
      method: 'postCard',
      where: 'C-IT',
      outcome: { kind: 'rejected', reason: 'invalid_blocks' },
      times: 2,
    })
    const refused = () =>
      messenger.calls.filter(({ method, where }) => method === 'postCard' && where === 'C-IT').length
    const isAside = async () => (await delivery.lag()).aside > 0
    delivery.start()
    const first = await open()
    await until(isAside)
    await does('ann', first.id, { verb: 'answer', touch: touch('lost words', `requester:${first.id}`) })
    await until(async () => refused() === 2 && (await isAside()))
    const second = await open()
    await does('ann', second.id, { verb: 'answer', touch: touch('good words', `requester:${second.id}`) })
    await until(() => said(world(), 'C-IT').some((one) => one.includes('good words')))
    expect(said(world(), 'C-IT').join()).to.not.contain('lost words')
  })

  it('says what was edited meanwhile as it stands now, and not at all what was deleted or withdrawn', async () => {
    const { delivery, messenger, open, does } = world()
    const ticket = await open()
    await does('bo', ticket.id, { verb: 'claim' })
    const [kept, gone, taken] = [
      touch('first words', TEAM),
      touch('deleted words', TEAM),
      touch('taken words', TEAM),
    ]
    for (const one of [kept, gone, taken]) await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await does('bo', ticket.id, { verb: 'edit', touchId: kept.id, text: 'second words', by: by('bo') })
    await does('bo', ticket.id, { verb: 'delete', touchId: gone.id, by: by('bo') })
    await does('bo', ticket.id, { verb: 'retract', touchId: taken.id, by: by('bo') })
    delivery.start()
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.have.length(1)
    expect(said(world(), 'D-ANN')[0]).to.contain('second words')
    const everything = JSON.stringify(messenger.calls)
    for (const words of ['first words', 'deleted words', 'taken words'])
      expect(everything).to.not.contain(words)
  })

  it('follows edits and deletions to where the words were shown', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, options } = world()
    const one = touch('old words', TEAM)
    await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await delivery.idle()
    await does('bo', ticket.id, { verb: 'edit', touchId: one.id, text: 'new words', by: by('bo') })
    await delivery.idle()
    expect(said(world(), 'D-ANN')[0]).to.match(/^new words/)
    await does('bo', ticket.id, { verb: 'delete', touchId: one.id, by: by('bo') })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.deep.equal([])
    const left = await options.messages.ofTouch('acme', ticket.id, one.id)
    expect(left.map((message) => message.direction)).to.deep.equal(['in'])
    expect(messenger.count('deleteMessage')).to.equal(1)
  })

  it('writes over what the messenger will not delete', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    const one = touch('old words', TEAM)
    await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await delivery.idle()
    messenger.script({
      method: 'deleteMessage',
      outcome: { kind: 'rejected', reason: 'cant_delete_message' },
    })
    await does('bo', ticket.id, { verb: 'delete', touchId: one.id, by: by('bo') })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.have.length(1)
    expect(said(world(), 'D-ANN')[0]).to.not.contain('old words')
  })

  it('takes back from the requester what was withdrawn, and the sign with it; inside it stays', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    const reply = touch('too hasty')
    const typed = touch('typed in the thread', TEAM)
    await does('bo', ticket.id, { verb: 'reply', touch: reply })
    await does('bo', ticket.id, { verb: 'discuss', touch: typed })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.have.length(2)
    expect([...messenger.marks]).to.deep.equal([typed.source?.messageId])
    for (const one of [reply, typed])
      await does('bo', ticket.id, { verb: 'retract', touchId: one.id, by: by('bo') })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.deep.equal([])
    expect(said(world(), 'C-IT').some((text) => text.includes('too hasty'))).to.equal(true)
    expect([...messenger.marks]).to.deep.equal([])
  })

  it('does not leave old words standing when the edit overtakes the post', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    messenger.before = async (call) => {
      if (call.method === 'postWords' && call.where.startsWith('D-ANN')) await held
    }
    const one = touch('old words', TEAM)
    await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await until(() =>
      messenger.calls.some((call) => call.method === 'postWords' && call.where.startsWith('D-ANN')),
    )
    await does('bo', ticket.id, { verb: 'edit', touchId: one.id, text: 'new words', by: by('bo') })
    await until(async () => (await delivery.lag()).cards === 0)
    release()
    await delivery.idle()
    expect(said(world(), 'D-ANN')[0]).to.match(/^new words/)
  })

  it('tells the author alone whether their words went out, and beside what stayed inside how to send it', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    const out = touch('to the requester', TEAM)
    const inside = touch('among us', TEAM)
    await does('bo', ticket.id, { verb: 'discuss', touch: out })
    await does('cy', ticket.id, { verb: 'discuss', touch: inside })
    await delivery.idle()
    const whispers = messenger.calls.filter((call) => call.method === 'whisper')
    expect(whispers.map((call) => call.userId)).to.deep.equal(['U-bo', 'U-cy'])
    expect(JSON.stringify(whispers[0]?.words?.card)).to.contain('"retract"')
    expect(JSON.stringify(whispers[1]?.words?.card)).to.contain('"publish"')
    expect(said(world(), 'D-ANN')).to.deep.equal(['to the requester'])
  })

  describe('where a whisper is a message of its own', () => {
    const heard = () =>
      world()
        .messenger.calls.filter((call) => call.method === 'whisper')
        .map((call) => `${call.userId} ${/"(retract|publish)"/.exec(JSON.stringify(call.words?.card))?.[1]}`)
    beforeEach(() => {
      Object.assign(world().messenger, { whispersApart: true })
    })

    it('is silent about what bears a sign, and tells once for a ticket what stays inside', async () => {
      const ticket = await claimed()
      const { delivery, messenger, does } = world()
      for (const text of ['one', 'two'])
        await does('bo', ticket.id, { verb: 'discuss', touch: touch(text, TEAM) })
      for (const text of ['among us', 'more of it'])
        await does('cy', ticket.id, { verb: 'discuss', touch: touch(text, TEAM) })
      await does('lin', ticket.id, { verb: 'discuss', touch: touch('mine', TEAM) })
      await delivery.idle()
      expect(messenger.marks.size).to.equal(2)
      expect(heard()).to.have.members(['U-cy publish', 'U-lin publish'])
      const [whisper] = messenger.calls.filter((call) => call.method === 'whisper')
      expect(whisper?.words?.card?.elements).to.deep.include({
        kind: 'small',
        text: [
          `What you write in the thread of ticket ${ticket.number} stays inside, as long as you neither have it nor help with it: the requester does not receive it.`,
        ],
      })
    })

    it('tells once for a ticket what goes out where there is no sign', async () => {
      const ticket = await claimed()
      const { delivery, messenger, does } = world()
      messenger.script({ method: 'mark', outcome: { kind: 'rejected', reason: 'no_reactions' }, times: 3 })
      for (const text of ['one', 'two', 'three'])
        await does('bo', ticket.id, { verb: 'discuss', touch: touch(text, TEAM) })
      await delivery.idle()
      expect(heard()).to.deep.equal(['U-bo retract'])
    })

    it('tells it again when the first of it was deleted before anybody was told', async () => {
      const { delivery, open, does } = world()
      const ticket = await open()
      await does('bo', ticket.id, { verb: 'claim' })
      const first = touch('slip', TEAM)
      await does('cy', ticket.id, { verb: 'discuss', touch: first })
      await does('cy', ticket.id, { verb: 'delete', touchId: first.id, by: by('cy') })
      await does('cy', ticket.id, { verb: 'discuss', touch: touch('meant', TEAM) })
      // only now is anybody told anything
      delivery.start()
      await delivery.idle()
      expect(heard()).to.deep.equal(['U-cy publish'])
    })
  })

  it('offers to send what stayed inside only to whom the rules let', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    const offers = async () => {
      await delivery.idle()
      return messenger.calls
        .filter((call) => call.method === 'whisper')
        .map((call) => `${call.userId} ${JSON.stringify(call.words?.card).includes('"publish"')}`)
    }
    for (const who of ['cy', 'sam', 'lin'])
      await does(who, ticket.id, { verb: 'discuss', touch: touch(`I am ${who}`, TEAM) })
    expect(await offers()).to.have.members(['U-cy true', 'U-sam false', 'U-lin true'])
    await does('bo', ticket.id, { verb: 'dismiss' })
    await does('cy', ticket.id, { verb: 'discuss', touch: touch('too late', TEAM) })
    expect(await offers()).to.have.members(['U-cy true', 'U-sam false', 'U-lin true', 'U-cy false'])
  })

  it('keeps the order of a conversation, one message at a time, while others go on', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, open } = world()
    const other = await open({ requesterId: 'sam' })
    await delivery.idle()
    let inFlight = 0
    let most = 0
    messenger.before = async (call) => {
      if (call.method !== 'postWords' || !call.where.startsWith('D-ANN')) return
      inFlight += 1
      most = Math.max(most, inFlight)
      await new Promise((resolve) => setImmediate(resolve))
      inFlight -= 1
    }
    messenger.script({
      method: 'postWords',
      where: 'D-ANN',
      outcome: { kind: 'transient', reason: 'http_503' },
      times: 3,
    })
    const texts = Array.from({ length: 12 }, (_, i) => `message ${i}`)
    for (const text of texts) await does('bo', ticket.id, { verb: 'discuss', touch: touch(text, TEAM) })
    await does('cy', other.id, { verb: 'reply', touch: touch('hello Sam') })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.deep.equal(texts)
    expect(most).to.equal(1)
    expect(said(world(), 'D-SAM')).to.deep.equal(['hello Sam'])
  })

  it('lets other conversations flow while one is limited', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, open } = world()
    const other = await open({ requesterId: 'sam' })
    await delivery.idle()
    const outcome = { kind: 'rate_limited', retryAfterMs: 3_600_000 } as const
    messenger.script({ method: 'postWords', where: 'D-ANN', outcome })
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('one', TEAM) })
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('two', TEAM) })
    await does('cy', other.id, { verb: 'reply', touch: touch('hello Sam') })
    await until(async () => said(world(), 'D-SAM').length === 1 && (await delivery.lag()).outbox === 2)
    const tried = messenger.calls.filter(
      (call) => call.method === 'postWords' && call.where.startsWith('D-ANN'),
    )
    expect(tried).to.have.length(1)
  })

  it('finds what it posted before a crash, and does not say it twice', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, database: db, another, options } = world()
    const one = touch('said once', TEAM)
    await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await delivery.idle()
    await delivery.stop()
    // as the database stood when the process died right after the post
    const row = await db.outbox.findOne({ 'say.kind': 'mirror' })
    await db.outbox.updateOne(
      { _id: row?._id ?? '' },
      {
        $set: { state: 'due', leaseBy: 'dead', leaseUntil: new Date() },
        $unset: { doneAt: '', outcome: '' },
      },
    )
    await db.messages.deleteMany({ direction: 'out' })
    const reborn = another()
    reborn.start()
    await reborn.idle()
    expect(said(world(), 'D-ANN')).to.deep.equal(['said once'])
    expect(
      messenger.calls.filter((call) => call.method === 'findPosted').map((call) => call.key),
    ).to.deep.equal([row?._id])
    const recorded = await options.messages.ofTouch('acme', ticket.id, one.id)
    expect(recorded.filter((message) => message.direction === 'out')).to.have.length(1)
  })

  it('looks for a post whose answer was cut before it repeats it', async () => {
    for (const done of [true, false]) {
      const ticket = await claimed()
      const { delivery, messenger, does } = world()
      const before = said(world(), 'D-ANN').length
      messenger.script({
        method: 'postWords',
        where: 'D-ANN',
        outcome: { kind: 'unknown', reason: 'cut' },
        done,
      })
      await does('bo', ticket.id, { verb: 'discuss', touch: touch('said once', TEAM) })
      await delivery.idle()
      expect(said(world(), 'D-ANN').slice(before)).to.deep.equal(['said once'])
    }
  })

  it('takes away what an unclear post may have shown of words that were deleted since', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    messenger.script({
      method: 'postWords',
      where: 'D-ANN',
      outcome: { kind: 'unknown', reason: 'cut' },
      done: true,
    })
    const one = touch('regretted', TEAM)
    messenger.before = async (call) => {
      if (call.method !== 'postWords' || !call.where.startsWith('D-ANN')) return
      messenger.before = undefined
      await does('bo', ticket.id, { verb: 'delete', touchId: one.id, by: by('bo') })
    }
    await does('bo', ticket.id, { verb: 'discuss', touch: one })
    await delivery.idle()
    const looks = messenger.calls.filter((call) => call.method === 'findPosted')
    // files that had not been shown yet are not shown now
    expect(looks.map((call) => call.bare)).to.deep.equal([true])
    expect(said(world(), 'D-ANN')).to.deep.equal([])
  })

  it('sets aside what is refused for good, visibly, and goes on with the lane', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, log } = world()
    messenger.script({
      method: 'postWords',
      where: 'D-ANN',
      outcome: { kind: 'rejected', reason: 'msg_too_long' },
    })
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('poison', TEAM) })
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('fine', TEAM) })
    await delivery.idle()
    expect(said(world(), 'D-ANN')).to.deep.equal(['fine'])
    expect((await delivery.lag()).aside).to.equal(1)
    const line = log.find((one) => one.message === 'set aside')
    expect([line?.level, line?.fields.reason]).to.deep.equal(['error', 'rejected:msg_too_long'])
    expect(JSON.stringify(log)).to.not.contain('poison')
  })

  it('sets aside what cannot be built after some tries', async () => {
    const ticket = await claimed()
    const { delivery, does, database: db } = world()
    await does('bo', ticket.id, { verb: 'discuss', touch: touch('fine', TEAM) })
    await db.outbox.insertOne({
      ...{ _id: `${ticket.id}:3:9`, deskId: 'acme', ticketId: ticket.id, seq: 3, n: 9, lane: 'slack:D-X' },
      to: { kind: 'place', placeId: 'x', address: { platform: 'slack', conversation: 'D-X' } },
      say: { kind: 'remind', clock: 'resolution', level: 'r80', people: null as unknown as [] },
      ...{ state: 'due', dueAt: new Date(), attempts: 0 },
    })
    await delivery.idle()
    const row = await db.outbox.findOne({ _id: `${ticket.id}:3:9` })
    expect([row?.state, row?.outcome]).to.deep.equal(['aside', 'fault'])
    expect(said(world(), 'D-ANN')).to.deep.equal(['fine'])
  })

  it('shows no note to a requester, even if a row should ask for it', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, database: db } = world()
    const note = touch('among us only')
    const after = await does('bo', ticket.id, { verb: 'note', touch: note })
    const place = ticket.places.find((one) => one.audience === 'requester')
    if (!place) throw new Error('no place')
    await db.outbox.insertOne({
      ...{
        _id: `${ticket.id}:3:9`,
        deskId: 'acme',
        ticketId: ticket.id,
        seq: after.revision,
        n: 9,
        lane: 'slack:D-ANN',
      },
      to: { kind: 'place', placeId: place.id, address: place.address },
      say: { kind: 'mirror', touchId: note.id, visibility: 'public', side: 'team' },
      ...{ state: 'due', dueAt: new Date(), attempts: 0 },
    })
    await delivery.idle()
    expect((await db.outbox.findOne({ _id: `${ticket.id}:3:9` }))?.outcome).to.equal('moot')
    expect(JSON.stringify(messenger.in('D-ANN'))).to.not.contain('among us only')
  })

  it('brings files along', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does, options } = world()
    const { createFiles } = await import('../../src/models/mongo/files.js')
    const file = await createFiles(options.database).save('acme', 'notes.txt', Buffer.from('bytes of a file'))
    const answer = { ...touch('see here', `requester:${ticket.id}`), files: [file] }
    await does('ann', ticket.id, { verb: 'answer', touch: answer })
    await delivery.idle()
    const shown = messenger.in('C-IT').find((one) => JSON.stringify(one.words?.text)?.includes('see here'))
    expect(shown?.words?.files?.map((one) => [one.name, one.bytes])).to.deep.equal([['notes.txt', 15]])
    expect((await shown?.words?.files?.[0]?.read())?.toString()).to.equal('bytes of a file')
  })

  it('says once what a flow answers beside any ticket', async () => {
    const { delivery, messenger, replies } = world()
    const card = {
      ...{
        audience: 'requester',
        locale: 'en',
        title: 'Help',
        tone: 'neutral',
        summary: 'Help',
        elements: [],
      },
    }
    const address = { platform: 'slack', conversation: 'D-ANN', thread: 'r' }
    delivery.start()
    await replies.say('acme', 'k1', address, card)
    await replies.say('acme', 'k1', address, card)
    await delivery.idle()
    expect(messenger.messages.map((one) => [one.card?.title, one.to.thread])).to.deep.equal([['Help', 'r']])
  })

  it('tells the requester in words what happened, in their language', async () => {
    const ticket = await claimed()
    const { delivery, messenger, does } = world()
    await does('bo', ticket.id, { verb: 'resolve', resolution: 'New profile', cause: 'x', prevention: 'y' })
    await delivery.idle()
    const [notice] = messenger.in('D-ANN').filter((one) => one.words)
    expect(wordsOf(notice?.words?.text ?? []))
      .to.contain('Bo')
      .and.contain(ticket.number)
    expect(wordsOf(notice?.words?.text ?? [])).to.match(/\p{Script=Han}/u)
    expect(notice?.to.thread).to.equal(`root-${ticket.id}`)
  })
})
