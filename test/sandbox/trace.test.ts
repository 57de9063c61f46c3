import { expect } from 'chai'
import { createTrace, type TraceEntry, traceDetail } from '../../src/sandbox/trace.js'

const line = (message: string, fields: object): string =>
  JSON.stringify({ level: 'info', message, ...fields })
const flow = (ticketId: string): string =>
  line('flow done', {
    flow: 'flows/claim.ts',
    cause: 'c',
    ticketId,
    outcome: 'committed',
    seq: 2,
    events: ['claimed'],
    ms: 3,
  })
const delivered = (ticketId: string): string =>
  line('delivered', {
    ticketId,
    what: 'card',
    place: 'C1',
    platform: 'slack',
    outcome: 'sent',
    revision: 2,
    ms: 9,
  })

function made() {
  const entries: TraceEntry[] = []
  const trace = createTrace({ now: () => new Date(0), onEntry: (entry) => entries.push(entry) })
  return { trace, entries }
}

describe('the trace', () => {
  it('reads the three lines that belong into it', () => {
    expect(traceDetail(line('event stored', { eventKey: 'k', kind: 'message', ms: 1 }))).to.deep.equal({
      kind: 'event',
      eventKey: 'k',
      event: 'message',
      ms: 1,
    })
    expect(traceDetail(flow('t'))).to.deep.include({
      kind: 'flow',
      flow: 'flows/claim.ts',
      seq: 2,
      events: ['claimed'],
    })
    expect(traceDetail(delivered('t'))).to.deep.include({ kind: 'delivered', place: 'C1', revision: 2 })
  })

  it('leaves every other line alone', () => {
    for (const text of ['', 'plain', '{broken', '[]', 'null', line('something else', {})]) {
      expect(traceDetail(text), text).to.equal(undefined)
    }
  })

  it('puts what the program does under the act before it', () => {
    const { trace, entries } = made()
    trace.act({ gesture: 'postMessage' })
    trace.line(flow('t1'))
    trace.act({ gesture: 'click' })
    trace.line(flow('t2'))
    expect(entries.map(({ kind, act }) => `${kind} ${act}`)).to.deep.equal([
      'act 1',
      'flow 1',
      'act 2',
      'flow 2',
    ])
  })

  it('puts a late delivery under the act that its ticket was last changed in', () => {
    const { trace, entries } = made()
    trace.act({ gesture: 'postMessage' })
    trace.line(flow('t1'))
    trace.act({ gesture: 'click' })
    trace.line(delivered('t1'))
    expect(entries.at(-1)).to.include({ kind: 'delivered', act: 1 })
  })

  it('keeps the last few hundred only', () => {
    const { trace } = made()
    for (let i = 0; i < 1000; i += 1) trace.line(flow('t'))
    expect(trace.entries.length).to.be.within(100, 500)
    expect(trace.entries.at(-1)?.n).to.equal(1000)
  })
})
