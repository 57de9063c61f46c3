import { expect } from 'chai'
import { ANN, IT, type Json, MEI, startWorld, TOM, until, type World } from './support.js'

const OFFER = {
  contentType: 'application/vnd.microsoft.teams.card.file.consent',
  name: 'report.pdf',
  content: { sizeInBytes: 9, acceptContext: { file: 1 }, declineContext: { file: 1 } },
}

describe('files and repeats from the Teams emulator', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  async function heard(): Promise<Json[]> {
    await world.teams.idle()
    return world.bot.received.map((each) => each.body)
  }
  async function directOf(userId: string): Promise<string> {
    return (await world.teams.gestures.openDirect({ userId })).conversation ?? ''
  }
  function content(body: Json | undefined, type: string): Json[] {
    return ((body?.attachments ?? []) as Json[]).filter((each) => String(each.contentType).startsWith(type))
  }

  describe('about files', () => {
    const base64 = Buffer.from('the bytes').toString('base64')

    it('is an address that anybody may read from, for ten minutes', async () => {
      const conversation = await directOf(MEI)
      const files = [{ name: 'log.txt', base64 }]
      await world.teams.gestures.postMessage({ userId: MEI, conversation, files })
      const [body] = await heard()
      const [attachment] = content(body, 'application/vnd.microsoft.teams.file.download.info')
      expect(attachment).to.include({ name: 'log.txt' })
      const info = (attachment?.content ?? {}) as Json
      const downloadUrl = String(info.downloadUrl)
      expect(info.fileType).to.equal('txt')
      expect(await (await fetch(downloadUrl)).text()).to.equal('the bytes')
      expect((await fetch(downloadUrl.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).to.equal(
        401,
      )
      world.clock.advance(10 * 60_000 + 1)
      expect((await fetch(downloadUrl)).status).to.equal(401)
    })

    it('is a picture that only the bot’s token opens', async () => {
      const conversation = await directOf(MEI)
      await world.teams.gestures.postMessage({
        userId: MEI,
        conversation,
        text: 'see',
        files: [{ name: 'a.png', base64 }],
      })
      const [body] = await heard()
      const [picture] = content(body, 'image/png')
      const url = String(picture?.contentUrl)
      expect((await fetch(url)).status).to.equal(401)
      const good = await fetch(url, { headers: { authorization: `Bearer ${await world.token()}` } })
      expect([good.headers.get('content-type'), await good.text()]).to.deep.equal(['image/png', 'the bytes'])
    })

    it('is nothing to download in a channel', async () => {
      await world.teams.gestures.postMessage({
        userId: TOM,
        conversation: IT,
        text: 'see',
        files: [{ name: 'log.txt', base64 }],
      })
      const [body] = await heard()
      expect(content(body, '').map((each) => each.contentType)).to.deep.equal(['text/html'])
      const seen = world.teams.view(ANN).conversations.find((each) => each.id === IT)?.messages[0]
      expect(seen?.files?.map((file) => file.name)).to.deep.equal(['log.txt'])
    })

    it('is where to put a file that a person takes, once', async () => {
      const conversation = await directOf(MEI)
      const sent = await world.call('POST', `conversations/${conversation}/activities`, {
        type: 'message',
        attachments: [OFFER],
      })
      const messageId = String(sent.json.id)
      const taken = await world.teams.gestures.answerFileConsent({
        userId: MEI,
        conversation,
        messageId,
        accept: true,
      })
      expect(taken.ok).to.equal(true)
      const value = world.bot.received[0]?.body.value as { context: Json; uploadInfo: { uploadUrl: string } }
      expect(value.context).to.deep.equal({ file: 1 })
      const put = (range: string) =>
        fetch(value.uploadInfo.uploadUrl, {
          method: 'PUT',
          headers: { 'content-range': range },
          body: 'the bytes',
        })
      expect((await put('bytes 0-3/9')).status).to.equal(400)
      expect((await put('bytes 0-8/9')).status).to.equal(201)
      expect((await put('bytes 0-8/9')).status).to.equal(409)
      const again = { userId: MEI, conversation, messageId, accept: false }
      expect(await world.teams.gestures.answerFileConsent(again)).to.include({ error: 'already_answered' })
    })

    it('may be answered again when the bot did not take the answer', async () => {
      const conversation = await directOf(MEI)
      const sent = await world.call('POST', `conversations/${conversation}/activities`, {
        type: 'message',
        attachments: [OFFER],
      })
      const answer = { userId: MEI, conversation, messageId: String(sent.json.id), accept: false }
      world.bot.answer = () => ({ status: 403 })
      expect(await world.teams.gestures.answerFileConsent(answer)).to.include({ ok: false, status: 403 })
      world.bot.answer = () => ({})
      expect(await world.teams.gestures.answerFileConsent(answer)).to.include({ ok: true })
    })

    const BAD: [name: string, attachment: object, why: string][] = [
      ['without a name', { name: undefined }, 'name'],
      ['of no size', { content: { ...OFFER.content, sizeInBytes: 0 } }, 'sizeInBytes'],
      ['whose context is a text', { content: { ...OFFER.content, acceptContext: 'x' } }, 'acceptContext'],
      ['without a context to decline', { content: { sizeInBytes: 1, acceptContext: {} } }, 'declineContext'],
      ['with more than is known', { content: { ...OFFER.content, uploadUrl: 'x' } }, 'uploadUrl'],
    ]
    for (const [name, change, why] of BAD) {
      it(`is not offered ${name}`, async () => {
        const conversation = await directOf(MEI)
        const attachments = [{ ...OFFER, ...change }]
        const sent = await world.call('POST', `conversations/${conversation}/activities`, {
          type: 'message',
          attachments,
        })
        expect(sent.status).to.equal(400)
        expect(sent.text).to.contain(why)
      })
    }

    it('is offered in personal chats only, and shown only once it is there', async () => {
      const message = (attachment: object) => ({ type: 'message', attachments: [attachment] })
      expect((await world.call('POST', `conversations/${IT}/activities`, message(OFFER))).status).to.equal(
        400,
      )
      const info = {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl: 'https://contoso-my.sharepoint.com/personal/files/report.pdf',
        name: 'report.pdf',
        content: { uniqueId: 'nothing', fileType: 'pdf' },
      }
      const path = `conversations/${await directOf(MEI)}/activities`
      expect((await world.call('POST', path, message(info))).text).to.contain('no such file')
    })
  })

  describe('when the bot does not answer properly', () => {
    it('comes up to four times under the same id, each with its own time', async () => {
      world.bot.answer = () => {
        world.clock.advance(1000)
        return { status: 500 }
      }
      await world.teams.gestures.postMessage({ userId: MEI, conversation: await directOf(MEI), text: 'x' })
      const bodies = await heard()
      expect(bodies).to.have.lengthOf(4)
      expect(new Set(bodies.map((each) => each.id)).size).to.equal(1)
      expect(new Set(bodies.map((each) => each.timestamp)).size).to.equal(4)
      expect(world.teams.deliveries.map((each) => each.outcome)).to.deep.equal([
        'will_retry',
        'will_retry',
        'will_retry',
        'given_up',
      ])
    })

    it('comes again after a time without an answer, and no more once it is taken', async () => {
      const slow = await startWorld({ answerDeadlineMs: 50, rateLimits: false })
      try {
        slow.bot.answer = () => (slow.bot.received.length === 1 ? { hang: true } : {})
        const { conversation = '' } = await slow.teams.gestures.openDirect({ userId: MEI })
        await slow.teams.gestures.postMessage({ userId: MEI, conversation, text: 'x' })
        await slow.teams.idle()
        expect(slow.teams.deliveries.map((each) => [each.status, each.retryNum])).to.deep.equal([
          [0, 0],
          [200, 1],
        ])
      } finally {
        await slow.close()
      }
    })

    it('waits while the service is down', async () => {
      const conversation = await directOf(MEI)
      world.teams.faults.down(1_000_000)
      await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'x' })
      expect(world.bot.received).to.deep.equal([])
      world.teams.faults.clear()
      await until(() => world.bot.received.length === 1)
    })

    it('comes twice when told to', async () => {
      const conversation = await directOf(MEI)
      world.teams.faults.deliverTwice({ which: 'next' })
      await world.teams.gestures.postMessage({ userId: MEI, conversation, text: 'x' })
      await heard()
      world.teams.faults.deliverTwice({ which: 'last', variant: 'later_timestamp', copies: 2 })
      const bodies = await heard()
      expect(bodies.map((each) => each.id)).to.deep.equal(Array(4).fill(bodies[0]?.id))
    })
  })
})
