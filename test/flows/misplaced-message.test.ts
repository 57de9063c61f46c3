import { expect } from 'chai'
import { t } from '../../src/i18n/t.js'
import { freshDatabase } from '../support/fresh-database.js'
import {
  actionsOf,
  type DeskAtWork,
  deskAtWork,
  HOUR_MS,
  MINUTE_MS,
  privateWords,
} from '../support/services.js'

describe('a message whose place the person corrects', () => {
  const database = freshDatabase()
  let desk: DeskAtWork
  beforeEach(async () => {
    desk = await deskAtWork(database())
  })

  describe('New ticket instead', () => {
    it('moves the touch out of the ticket it was added to', async () => {
      const ticket = await desk.opened('ann')
      desk.passes(MINUTE_MS)
      const message = await desk.writes('ann', 'And the printer smokes')
      await desk.clicks('ann', { verb: 'new_ticket', ticketId: ticket.id, arg: message.id })
      const [first, second] = await desk.tickets()
      expect(await desk.happened(first?.id ?? '')).to.deep.equal([
        'ticket.opened',
        'touch.added',
        'touch.deleted',
      ])
      expect(second).to.include({ title: 'And the printer smokes', requesterId: 'ann', revision: 1 })
      expect(await routed(message)).to.equal(second?.id)
    })

    it('does so once, however often it is clicked', async () => {
      const ticket = await desk.opened('ann')
      const message = await desk.writes('ann', 'And the printer smokes')
      const action = { verb: 'new_ticket', ticketId: ticket.id, arg: message.id } as const
      await desk.clicks('ann', action)
      await desk.clicks('ann', action)
      await Promise.all([desk.clicks('ann', action), desk.clicks('ann', action)])
      const [, second, ...more] = await desk.tickets()
      expect(more).to.deep.equal([])
      expect(second?.revision).to.equal(1)
      expect((await desk.load(ticket.id)).revision).to.equal(3)
      expect(await routed(message)).to.equal(second?.id)
    })

    it('goes on where a crash stopped it between the two tickets', async () => {
      const ticket = await desk.opened('ann')
      const message = await desk.writes('ann', 'And the printer smokes')
      const action = { verb: 'new_ticket', ticketId: ticket.id, arg: message.id } as const
      const { remove } = desk.services.messages
      desk.services.messages.remove = () => Promise.reject(new Error('crash'))
      await desk.clicks('ann', action).catch(() => undefined)
      desk.services.messages.remove = remove
      await desk.clicks('ann', action)
      const [, second] = await desk.tickets()
      expect(await routed(message)).to.equal(second?.id)
    })

    it('lets later edits go to the new ticket', async () => {
      const ticket = await desk.opened('ann')
      const message = await desk.writes('ann', 'And the printer smokes')
      await desk.clicks('ann', { verb: 'new_ticket', ticketId: ticket.id, arg: message.id })
      await desk.edits('ann', message, 'And the printer burns')
      const [, second] = await desk.tickets()
      expect(second?.excerpt).to.equal('And the printer burns')
      expect((await desk.load(ticket.id)).revision).to.equal(3)
    })

    it('is nothing for anybody else', async () => {
      const ticket = await desk.opened('ann')
      const message = await desk.writes('ann', 'And the printer smokes')
      for (const arg of [message.id, 'forged']) {
        const answer = await desk.clicks('sam', { verb: 'new_ticket', ticketId: ticket.id, arg })
        expect(privateWords(answer)).to.equal(t('en', 'error.ticket.not_found'))
      }
      expect(await desk.tickets()).to.have.length(1)
    })

    it('says how a ticket begins where there is no message yet', async () => {
      const answer = await desk.clicks('ann', { verb: 'new_ticket' })
      expect(privateWords(answer)).to.equal(t('zh-CN', 'chat.new'))
      expect(await desk.tickets()).to.deep.equal([])
    })
  })

  describe('being asked which ticket', () => {
    async function asked() {
      const first = await desk.opened('ann')
      desk.passes(10 * MINUTE_MS)
      const second = await desk.opened('ann', 'The screen is dark')
      for (const { id } of [first, second])
        await desk.submits('bo', { verb: 'reply', ticketId: id }, { text: 'Hm' })
      desk.passes(10 * MINUTE_MS)
      const message = await desk.writes('ann', 'It happens again')
      return { first, second, message }
    }

    it('joins the one they choose', async () => {
      const { first, message } = await asked()
      await desk.clicks('ann', { verb: 'join', ticketId: first.id, arg: message.id })
      expect((await desk.happened(first.id)).at(-1)).to.equal('touch.added')
      expect(await routed(message)).to.equal(first.id)
    })

    it('joins with the words as they are by now', async () => {
      const { first, message } = await asked()
      for (const text of ['It happens agian, with a typo', 'It happens again, every morning']) {
        desk.passes(MINUTE_MS)
        await desk.edits('ann', message, text)
      }
      await desk.clicks('ann', { verb: 'join', ticketId: first.id, arg: message.id })
      const added = (await desk.events(first.id)).findLast((event) => event.type === 'touch.added')
      expect(added).to.have.nested.property('touch.text', 'It happens again, every morning')
    })

    it('opens a new one with the words as they are by now', async () => {
      const { message } = await asked()
      desk.passes(MINUTE_MS)
      await desk.edits('ann', message, 'The mouse is broken')
      await desk.clicks('ann', { verb: 'new_ticket', arg: message.id })
      expect((await desk.tickets()).map(({ title }) => title)).to.include('The mouse is broken')
    })

    for (const verb of ['join', 'new_ticket'] as const) {
      it(`misses nothing that happens to the message at the moment of “${verb}”`, async () => {
        const { first, message } = await asked()
        const { arrival } = desk.services
        desk.services.arrival = async (id) => {
          const read = await arrival(id)
          desk.services.arrival = arrival
          await desk.edits('ann', message, 'It happens every morning')
          return read
        }
        await desk.clicks('ann', { verb, ticketId: first.id, arg: message.id })
        const id = (await routed(message)) ?? ''
        expect(JSON.stringify((await desk.events(id)).at(-1))).to.contain('It happens every morning')
      })
    }

    it('takes back what is deleted at the moment of joining', async () => {
      const { first, message } = await asked()
      const { arrival } = desk.services
      desk.services.arrival = async (id) => {
        const read = await arrival(id)
        desk.services.arrival = arrival
        await desk.deletes('ann', message)
        return read
      }
      await desk.clicks('ann', { verb: 'join', ticketId: first.id, arg: message.id })
      expect((await desk.happened(first.id)).slice(-2)).to.deep.equal(['touch.added', 'touch.deleted'])
    })

    it('takes no heed of an edit of another message, or by somebody else', async () => {
      const { first, second, message } = await asked()
      const longer = { ...message, messageId: `${message.messageId}0` }
      await desk.edits('ann', longer, 'Not this one')
      await desk.edits('sam', message, 'Forged')
      await desk.clicks('ann', { verb: 'join', ticketId: first.id, arg: message.id })
      const added = (await desk.events(first.id)).findLast((event) => event.type === 'touch.added')
      expect(added).to.have.nested.property('touch.text', 'It happens again')
      expect((await desk.load(second.id)).revision).to.equal(second.revision + 1)
    })

    it('does nothing with what was deleted meanwhile, and says so', async () => {
      const { first, message } = await asked()
      await desk.deletes('ann', message)
      const { revision } = await desk.load(first.id)
      for (const action of [
        { verb: 'join', ticketId: first.id, arg: message.id },
        { verb: 'new_ticket', arg: message.id },
      ] as const)
        expect(privateWords(await desk.clicks('ann', action))).to.equal(t('zh-CN', 'error.touch.deleted'))
      expect((await desk.load(first.id)).revision).to.equal(revision)
      expect(await desk.tickets()).to.have.length(2)
    })

    it('joins one ticket once, whatever they click afterwards', async () => {
      const { first, second, message } = await asked()
      const join = (ticketId: string) => desk.clicks('ann', { verb: 'join', ticketId, arg: message.id })
      await Promise.all([join(first.id), join(first.id)])
      await join(second.id)
      const touches = async (id: string) =>
        (await desk.happened(id)).filter((type) => type === 'touch.added').length
      expect(await touches(first.id)).to.equal(2)
      expect(await touches(second.id)).to.equal(1)
    })

    it('says that there is no such ticket for others’ messages and tickets', async () => {
      const { first, message } = await asked()
      const other = await desk.opened('sam', 'Toner, please')
      expect(
        privateWords(await desk.clicks('ann', { verb: 'join', ticketId: other.id, arg: message.id })),
      ).to.equal(t('zh-CN', 'error.ticket.not_found'))
      expect(
        privateWords(await desk.clicks('sam', { verb: 'join', ticketId: first.id, arg: message.id })),
      ).to.equal(t('en', 'error.ticket.not_found'))
      expect(
        privateWords(await desk.clicks('ann', { verb: 'join', ticketId: 'forged', arg: message.id })),
      ).to.equal(t('zh-CN', 'error.ticket.not_found'))
      expect((await desk.load(other.id)).revision).to.equal(1)
    })
  })

  describe('being asked whether to reopen', () => {
    async function asked(text = 'It is still down') {
      const ticket = await desk.claimed()
      await desk.submits('bo', { verb: 'resolve', ticketId: ticket.id }, { resolution: 'Restarted.' })
      desk.passes(HOUR_MS)
      const message = await desk.writes('ann', text)
      return { ticket: await desk.load(ticket.id), message }
    }

    it('reopens with the message as its first word, back to who had it', async () => {
      const { ticket, message } = await asked()
      await desk.clicks('ann', { verb: 'reopen', ticketId: ticket.id, arg: message.id })
      expect(await desk.load(ticket.id)).to.include({
        status: 'in_progress',
        assigneeId: 'bo',
        reopenCount: 1,
      })
      expect(await desk.happened(ticket.id, ticket.revision + 1)).to.deep.equal([
        'ticket.reopened',
        'touch.added',
        'people.told',
      ])
      expect(await desk.said(ticket.id)).to.include('tell reopened to bo')
      expect(await routed(message)).to.equal(ticket.id)
      await desk.edits('ann', message, 'It is down again')
      expect((await desk.happened(ticket.id)).at(-1)).to.equal('touch.edited')
    })

    it('reopens once', async () => {
      const { ticket, message } = await asked()
      const click = () => desk.clicks('ann', { verb: 'reopen', ticketId: ticket.id, arg: message.id })
      await Promise.all([click(), click()])
      await click()
      expect((await desk.load(ticket.id)).reopenCount).to.equal(1)
    })

    it('asks for a reason when the message was deleted meanwhile', async () => {
      const { ticket, message } = await asked()
      await desk.deletes('ann', message)
      const answer = await desk.clicks('ann', { verb: 'reopen', ticketId: ticket.id, arg: message.id })
      expect(answer.kind).to.equal('form')
      expect((await desk.load(ticket.id)).status).to.equal('resolved')
    })

    it('does not reopen with somebody else’s message, but asks for a reason', async () => {
      const { ticket, message } = await asked()
      const answer = await desk.clicks('bo', { verb: 'reopen', ticketId: ticket.id, arg: message.id })
      expect(answer.kind).to.equal('form')
      expect((await desk.load(ticket.id)).status).to.equal('resolved')
    })

    it('opens a new one if that is what they say', async () => {
      const { ticket, message } = await asked('The mouse is broken')
      const [said] = (await desk.spoken()).filter(({ key }) => key === 'ask')
      const action = actionsOf(said?.card).find(({ verb }) => verb === 'new_ticket')
      if (action) await desk.clicks('ann', action)
      expect((await desk.tickets()).map(({ title }) => title)).to.include('The mouse is broken')
      expect((await desk.load(ticket.id)).status).to.equal('resolved')
      expect(await routed(message)).to.not.equal(ticket.id)
    })
  })

  const routed = async ({ messageId, conversation }: { messageId: string; conversation: string }) =>
    (await desk.services.messages.byRef('acme', { platform: 'slack', conversation, messageId }))?.ticketId
})
