import { expect } from 'chai'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ActionValue, Card } from '../../src/cards/card.js'
import type { Text } from '../../src/cards/text.js'
import type { MessageRef } from '../../src/delivery/messenger.js'
import type { InboundClick, InboundEvent } from '../../src/intake/inbound.js'
import type { AdapterDescriptor, Bench, WireRequest } from './descriptor.js'
import { EVERYTHING, everyField, HOSTILE, LOCALES, longCard } from './samples.js'

const ACTIONS: readonly ActionValue[] = [
  { verb: 'claim', ticketId: '01hzy3v7k2m4n6p8q0r2s4t6v8' },
  { verb: 'publish', ticketId: 't', arg: 'touch "quoted" <&> 触' },
  { verb: 'help' },
]

/** The facts that hold for every messenger. */
export function adapterContract(descriptor: AdapterDescriptor): void {
  const { samples, signedRequest } = descriptor

  describe(`the ${descriptor.name} adapter`, () => {
    let server: FastifyInstance
    let bench: Bench
    let url: string
    let accepted: InboundEvent[]
    let clicks: InboundClick[]
    let order: string[]
    let accept: (events: InboundEvent[]) => Promise<void>

    beforeEach(async () => {
      accepted = []
      clicks = []
      order = []
      accept = async (events) => {
        accepted.push(...events)
      }
      bench = await descriptor.create({
        accept: (events) => accept(events),
        click: async (click) => {
          clicks.push(click)
          return { kind: 'nothing' }
        },
      })
      server = Fastify()
      server.addHook('onSend', async () => {
        order.push('answered')
      })
      bench.adapter.register(server)
      url = await server.listen({ port: 0, host: '127.0.0.1' })
      bench.listensAt(url)
    })

    afterEach(async () => {
      await bench.adapter.stop()
      server.server.closeAllConnections()
      await server.close()
      await bench.close()
    })

    async function send({ path, body, headers }: WireRequest): Promise<{ status: number; body: string }> {
      const response = await fetch(url + path, { method: 'POST', body, headers })
      return { status: response.status, body: await response.text() }
    }

    describe('verification', () => {
      it('takes what the messenger signed', async () => {
        const { status } = await send(signedRequest(samples.directMessage()))
        expect(status).to.equal(200)
        expect(accepted).to.have.length(1)
        expect(accepted[0]).to.include({ kind: 'message', text: 'printer is on fire' })
        expect(bench.refused()).to.deep.equal([])
      })

      for (const signature of ['bad', 'absent', 'stale', 'future'] as const) {
        it(`refuses a signature that is ${signature}, without a word, and reads nothing`, async () => {
          const answer = await send(signedRequest(samples.directMessage(), signature))
          expect(answer).to.deep.equal({ status: 401, body: '' })
          expect(accepted).to.deep.equal([])
          expect(bench.refused()).to.have.length(1)
        })
      }

      if (descriptor.proves !== 'sender') {
        it('refuses a body that was changed by one blank', async () => {
          const request = signedRequest(samples.directMessage())
          expect((await send({ ...request, body: `${request.body} ` })).status).to.equal(401)
          expect(accepted).to.deep.equal([])
        })
      }

      it('refuses unsigned garbage like everything unsigned', async () => {
        const request = signedRequest(samples.directMessage(), 'absent')
        expect((await send({ ...request, body: '{"a":' })).status).to.equal(401)
      })
    })

    describe('bodies', () => {
      it('answers 400 to signed text that is no JSON and lives on', async () => {
        expect((await send(signedRequest('{"a":'))).status).to.equal(400)
        expect((await send(signedRequest(samples.directMessage()))).status).to.equal(200)
      })

      it('answers 400 to JSON that nests too deep and lives on', async () => {
        const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
        expect((await send(signedRequest(deep))).status).to.equal(400)
        expect((await send(signedRequest(samples.directMessage()))).status).to.equal(200)
      })

      it('answers 413 to more than a megabyte and lives on', async () => {
        const large = JSON.stringify({ text: 'x'.repeat(1024 * 1024) })
        expect((await send(signedRequest(large))).status).to.equal(413)
        expect((await send(signedRequest(samples.directMessage()))).status).to.equal(200)
      })
    })

    describe('events', () => {
      it('passes over its own messages', async () => {
        expect((await send(signedRequest(samples.ownMessage()))).status).to.equal(200)
        expect(accepted).to.deep.equal([])
      })

      it('acknowledges an event it does not know', async () => {
        expect((await send(signedRequest(samples.unknownEvent()))).status).to.equal(200)
        expect(accepted).to.deep.equal([])
      })

      it('gives a repeated delivery the same keys', async () => {
        const request = signedRequest(samples.directMessage('same'))
        await send(request)
        await send(request)
        const [first, second] = accepted
        expect(accepted).to.have.length(2)
        expect(keysOf(second)).to.deep.equal(keysOf(first)).and.not.be.empty
      })

      it('gives one message under another delivery id a key in common', async () => {
        await send(signedRequest(samples.directMessage('one')))
        await send(signedRequest(samples.directMessage('two')))
        const [first, second] = accepted.map(keysOf)
        expect(first?.filter((key) => second?.includes(key))).to.not.be.empty
        expect(first).to.not.deep.equal(second)
      })

      it('answers only after the event is durable', async () => {
        accept = async () => {
          for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
          order.push('durable')
        }
        expect((await send(signedRequest(samples.directMessage()))).status).to.equal(200)
        expect(order).to.deep.equal(['durable', 'answered'])
      })

      it('does not acknowledge what could not be made durable', async () => {
        accept = async () => {
          throw new Error('the database is away')
        }
        expect((await send(signedRequest(samples.directMessage()))).status).to.be.within(500, 599)
      })
    })

    describe('actions', () => {
      for (const action of ACTIONS) {
        it(`come back as they were sent: ${JSON.stringify(action)}`, async () => {
          const ref = await post(cardWith(action))
          expect(await bench.press(ref, 'Press me')).to.equal(200)
          expect(clicks).to.have.length(1)
          expect(clicks[0]).to.deep.include({ kind: 'action', action })
          const [click] = clicks
          expect(click?.kind === 'action' ? click.on : undefined).to.include({
            conversation: ref.conversation,
            messageId: ref.messageId,
          })
        })
      }

      it('have a key of their own for every click', async () => {
        const ref = await post(cardWith({ verb: 'claim', ticketId: 't' }))
        await bench.press(ref, 'Press me')
        await bench.press(ref, 'Press me')
        expect(clicks).to.have.length(2)
        expect(clicks[0]?.key).to.not.equal(clicks[1]?.key)
      })
    })

    async function post(card: Card): Promise<MessageRef> {
      const posted = await bench.adapter.messenger.postCard(bench.place, card, 'a-key')
      if (posted.kind !== 'sent') throw new Error(`not posted: ${JSON.stringify(posted)}`)
      return posted.value
    }

    describe('what goes out', () => {
      for (const locale of LOCALES) {
        it(`is within the messenger's limits with every kind of element (${locale})`, () => {
          expect(descriptor.problemsOfCard(EVERYTHING[locale])).to.deep.equal([])
        })

        it(`is within the messenger's limits with every kind of field (${locale})`, () => {
          expect(descriptor.problemsOfForm(everyField(locale, 3))).to.deep.equal([])
        })

        it(`is within the messenger's limits with 250 people to choose from (${locale})`, () => {
          expect(descriptor.problemsOfForm(everyField(locale, 250))).to.deep.equal([])
        })

        for (const times of [1, 5, 60]) {
          it(`is within the messenger's limits however long its texts are (${locale}, ${times} times over)`, () => {
            expect(descriptor.problemsOfCard(longCard(locale, times))).to.deep.equal([])
          })
        }
      }

      for (const [name, text] of HOSTILE) {
        it(`shows ${name} as written`, () => {
          const card = withWords([text])
          expect(descriptor.entitiesOf(card)).to.deep.equal([])
          expect(descriptor.shownBy(card)).to.contain(
            text.replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, ''),
          )
        })
      }

      it('mentions only whom the card mentions', () => {
        const userIds = { [bench.adapter.messenger.platform]: 'U0ANN' }
        const ann = { kind: 'person', id: 'p1', name: 'Ann <@U0EVE>', userIds } as const
        expect(descriptor.entitiesOf(withWords([ann]))).to.deep.equal([])
        expect(descriptor.entitiesOf(withWords([{ ...ann, notify: true }, ' <@U0EVE>']))).to.deep.equal([
          'mention:U0ANN',
        ])
      })

      it('updates a card in its place', async () => {
        const ref = await post(cardWith({ verb: 'claim', ticketId: 't' }))
        expect(await bench.adapter.messenger.updateCard(ref, withWords(['claimed']))).to.include({
          kind: 'sent',
        })
        expect(bench.posts()).to.equal(1)
      })

      it('says so when the message to update is gone', async () => {
        const ref = await post(cardWith({ verb: 'claim', ticketId: 't' }))
        expect(await bench.adapter.messenger.deleteMessage(ref)).to.include({ kind: 'sent' })
        expect(await bench.adapter.messenger.updateCard(ref, withWords(['x']))).to.include({ kind: 'gone' })
      })

      it('says how long to wait when the messenger asks for it, and posts nothing', async () => {
        bench.nextPost('rate_limited')
        const outcome = await bench.adapter.messenger.postCard(bench.place, withWords(['x']), 'k')
        expect(outcome.kind).to.equal('rate_limited')
        expect(outcome.kind === 'rate_limited' ? outcome.retryAfterMs : 0).to.be.at.least(1000)
        expect(bench.posts()).to.equal(0)
      })

      it('does not know what became of a post whose answer was lost, and makes it once only', async () => {
        const since = new Date('2026-11-20T07:59:00Z')
        bench.nextPost('lost_answer')
        const outcome = await bench.adapter.messenger.postCard(bench.place, withWords(['once']), 'the-key')
        expect(outcome.kind).to.equal('unknown')
        expect(bench.posts()).to.equal(1)
        const found = await bench.adapter.messenger.findPosted(bench.place, 'the-key', since)
        if (descriptor.repeats === 'deduplicated') {
          expect(found).to.deep.equal({ kind: 'sent', value: undefined })
          const again = await bench.adapter.messenger.postCard(bench.place, withWords(['once']), 'the-key')
          expect(again).to.nested.include({ kind: 'sent', 'value.conversation': bench.place.conversation })
          expect(bench.posts()).to.equal(1)
        } else if (descriptor.repeats === 'shown') {
          expect(found).to.deep.equal({ kind: 'sent', value: undefined })
        } else {
          expect(found).to.nested.include({ kind: 'sent', 'value.conversation': bench.place.conversation })
        }
        const other = await bench.adapter.messenger.findPosted(bench.place, 'another-key', since)
        expect(other).to.deep.equal({ kind: 'sent', value: undefined })
      })

      it('may be tried again when the messenger failed, after a look', async () => {
        bench.nextPost('fails')
        const outcome = await bench.adapter.messenger.postCard(bench.place, withWords(['x']), 'k')
        expect(['unknown', 'transient']).to.include(outcome.kind)
        expect(bench.posts()).to.equal(0)
      })
    })
  })
}

function keysOf(event: InboundEvent | undefined): string[] {
  return event?.keys ?? []
}

function cardWith(action: ActionValue): Card {
  const controls = [{ kind: 'button', label: 'Press me', action } as const]
  return { ...withWords(['Press it.']), elements: [{ kind: 'controls', controls }] }
}

function withWords(text: Text): Card {
  return {
    audience: 'team',
    locale: 'en',
    title: '',
    tone: 'neutral',
    summary: 'A card',
    elements: [{ kind: 'text', text }],
  }
}
