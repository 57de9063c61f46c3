import { expect } from 'chai'
import type { Commit } from '../../../src/models/ticket/events.js'
import { erasedWords, firstBroken, hashOf, wordsDigest } from '../../../src/models/ticket/hash.js'
import { cn, says, tale } from './support.js'

const TEXTS = ['text', 'title', 'excerpt', 'reason', 'resolution', 'cause', 'prevention', 'name']

/** A ticket whose commits hold words under every key that holds words. */
function chain(): Commit[] {
  const t = tale()
  t.does('bo', { verb: 'claim' }, cn('02 09:10'))
  t.does('bo', { verb: 'reply', touch: says('Try again.') }, cn('02 09:20'))
  t.does('lin', { verb: 'reassign', agentId: 'cy', reason: 'bo is ill' }, cn('02 09:30'))
  t.does('cy', { verb: 'wait', on: 'requester' }, cn('02 09:40'))
  t.does('ann', { verb: 'answer', touch: says('Here.') }, cn('02 09:50'))
  t.does(
    'cy',
    { verb: 'resolve', resolution: 'Reset.', cause: 'Old key.', prevention: 'Rotate.' },
    cn('02 10:00'),
  )
  return [...t.commits]
}

/** As a retention job erases: each text becomes its digest, the salt goes away. */
function erased(commit: Commit): Commit {
  const forget = (value: unknown, key = ''): unknown => {
    if (value instanceof Date) return value
    if (typeof value === 'string')
      return TEXTS.includes(key) ? erasedWords(wordsDigest(commit.salt, value)) : value
    if (Array.isArray(value)) return value.map((item) => forget(item))
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, forget(v, k)]))
    return value
  }
  return { ...commit, events: forget(commit.events) as Commit['events'], salt: '' }
}

/** The keys of an object in another order, all the way down. */
function shuffled(value: unknown): unknown {
  if (value instanceof Date || value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(shuffled)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, shuffled(v)]),
  )
}

const altered = (commits: Commit[], seq: number, change: (commit: Commit) => Commit): Commit[] =>
  commits.map((commit) => (commit.seq === seq ? change(commit) : commit))

describe('the chain of a ticket', () => {
  const commits = chain()

  it('holds as it was written', () => {
    expect(commits).to.have.length(7)
    expect(firstBroken(commits)).to.equal(undefined)
    expect(firstBroken([])).to.equal(undefined)
  })

  it('does not depend on the order of keys, nor on keys without a value', () => {
    const [first] = commits
    if (!first) throw new Error('no commit')
    expect(hashOf(shuffled(first) as Commit)).to.equal(first.hash)
    expect(hashOf({ ...first, number: undefined } as unknown as Commit)).to.equal(first.hash)
  })

  it('does not cover what a stored document carries beside the commit', () => {
    const [first] = commits
    expect(firstBroken([{ ...first, _id: 'x', ts: 7 } as unknown as Commit])).to.equal(undefined)
  })

  const changes: [string, (commit: Commit) => Commit][] = [
    ['its time', (c) => ({ ...c, at: new Date(c.at.getTime() + 1) })],
    ['its actor', (c) => ({ ...c, actor: { kind: 'person', id: 'eve' } })],
    ['its cause', (c) => ({ ...c, cause: 'slack:other' })],
    ['its ticket', (c) => ({ ...c, ticketId: 't2' })],
    ['its desk', (c) => ({ ...c, deskId: 'other' })],
    ['a number', (c) => ({ ...c, number: '2026119999' })],
    ['its link', (c) => ({ ...c, prevHash: 'f'.repeat(64) })],
    ['its own hash', (c) => ({ ...c, hash: 'f'.repeat(64) })],
    ['an event left out', (c) => ({ ...c, events: c.events.slice(1) })],
    ['an event doubled', (c) => ({ ...c, events: [...c.events, ...c.events] })],
    [
      'a word',
      (c) => ({
        ...c,
        events: c.events.map((event) =>
          event.type === 'touch.added' ? { ...event, touch: { ...event.touch, text: 'Try never.' } } : event,
        ),
      }),
    ],
    [
      'a visibility',
      (c) => ({
        ...c,
        events: c.events.map((event) =>
          event.type === 'touch.added' ? { ...event, touch: { ...event.touch, visibility: 'note' } } : event,
        ),
      }),
    ],
    [
      'a word that became another digest',
      (c) => ({
        ...c,
        events: c.events.map((event) =>
          event.type === 'touch.added'
            ? { ...event, touch: { ...event.touch, text: erasedWords('0'.repeat(64)) } }
            : event,
        ),
      }),
    ],
  ]
  for (const [name, change] of changes) {
    it(`breaks at the commit that was changed: ${name}`, () => {
      expect(firstBroken(altered(commits, 3, change))).to.equal(3)
    })
  }

  it('breaks after a commit that was changed and hashed anew', () => {
    const forged = altered(commits, 3, (commit) => {
      const next = { ...commit, cause: 'slack:forged' }
      return { ...next, hash: hashOf(next) }
    })
    expect(firstBroken(forged)).to.equal(4)
  })

  it('breaks at a place in the chain that is not the one it claims', () => {
    const [first] = commits
    if (!first) throw new Error('no commit')
    const second = { ...first, seq: 2 }
    expect(firstBroken([{ ...second, hash: hashOf(second) }])).to.equal(1)
  })

  it('breaks where a commit is gone, first or between', () => {
    for (const seq of [1, 2, 5])
      expect(firstBroken(commits.filter((commit) => commit.seq !== seq))).to.equal(seq)
  })

  it('breaks where commits changed places, or a strange one was put in', () => {
    const [a, b, c, ...rest] = commits
    if (!a || !b || !c) throw new Error('too few')
    expect(firstBroken([a, c, b, ...rest])).to.equal(2)
    expect(firstBroken([a, b, b, c, ...rest])).to.equal(3)
  })

  it('still holds when the words of any commit were erased and its salt thrown away', () => {
    for (const { seq } of commits)
      expect(firstBroken(altered(commits, seq, erased)), `${seq}`).to.equal(undefined)
    expect(firstBroken(commits.map(erased))).to.equal(undefined)
  })

  it('keeps no word in an erased commit, but its cause: that names an event', () => {
    const gone = commits.map(erased)
    const left = JSON.stringify(gone)
    for (const word of ['VPN', 'screen.png', 'Try again', 'bo is ill', 'Reset.', 'Old key', 'Rotate'])
      expect(left, word).not.to.include(word)
    expect(gone.map(({ cause }) => cause)).to.deep.equal(commits.map(({ cause }) => cause))
  })

  it('gives equal words under different salts different digests, so that they cannot be guessed', () => {
    expect(wordsDigest('a', 'yes')).not.to.equal(wordsDigest('b', 'yes'))
    expect(wordsDigest('a', 'yes')).to.match(/^[0-9a-f]{64}$/)
  })
})
