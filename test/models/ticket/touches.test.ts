import { expect } from 'chai'
import { isLive, sentOn, touchesOf } from '../../../src/models/ticket/touches.js'
import { cn, says, TEAM_PLACE, tale } from './support.js'

describe('touchesOf', () => {
  const by = { authorId: 'bo', visibility: 'public', side: 'team' } as const

  it('shows what was said in its order, the first message first', () => {
    const t = tale()
    const reply = says('Hi.')
    t.does('bo', { verb: 'reply', touch: reply }, cn('02 09:20'))
    t.does('bo', { verb: 'note', touch: says('Hm.') }, cn('02 09:30'))
    expect(
      [...touchesOf(t.commits).values()].map(({ text, visibility, side, at }) => [
        text,
        visibility,
        side,
        at,
      ]),
    ).to.deep.equal([
      ['My VPN is down. Since this morning.', 'public', 'requester', cn('02 09:00')],
      ['Hi.', 'public', 'team', cn('02 09:20')],
      ['Hm.', 'note', 'team', cn('02 09:30')],
    ])
  })

  it('shows edits, deletions and what was taken back as they stand', () => {
    const t = tale()
    const [a, b, c] = [says('a'), { ...says('b'), files: t.ticket.files }, says('c')]
    for (const touch of [a, b, c]) t.does('bo', { verb: 'reply', touch }, cn('02 09:20'))
    t.does('bo', { verb: 'edit', touchId: a.id, text: 'A', by }, cn('02 09:21'))
    t.does('bo', { verb: 'delete', touchId: b.id, by }, cn('02 09:22'))
    t.does('bo', { verb: 'retract', touchId: c.id, by }, cn('02 09:23'))
    const touches = touchesOf(t.commits)
    expect(touches.get(a.id)).to.deep.include({ text: 'A', editedAt: cn('02 09:21') })
    expect(touches.get(b.id)).to.deep.include({ text: '', files: [], deletedAt: cn('02 09:22') })
    expect(touches.get(c.id)).to.deep.include({ text: 'c', withdrawnAt: cn('02 09:23') })
  })

  it('does not bring deleted words back when an edit arrives late', () => {
    const t = tale()
    const touch = says('secret')
    t.does('bo', { verb: 'reply', touch }, cn('02 09:20'))
    t.does('bo', { verb: 'delete', touchId: touch.id, by }, cn('02 09:21'))
    t.does('bo', { verb: 'edit', touchId: touch.id, text: 'secret!', by }, cn('02 09:22'))
    expect(touchesOf(t.commits).get(touch.id)).to.deep.include({ text: '', deletedAt: cn('02 09:21') })
  })

  it('knows what an inside touch was sent on as', () => {
    const t = tale()
    const inside = says('Try the door.', TEAM_PLACE)
    const sent = says('Try the door.')
    t.does('cy', { verb: 'discuss', touch: inside }, cn('02 09:20'))
    t.does('cy', { verb: 'publish', touch: sent, from: inside.id, was: 'internal' }, cn('02 09:21'))
    const touches = touchesOf(t.commits)
    expect(touches.get(inside.id)?.visibility).to.equal('internal')
    expect(touches.get(sent.id)).to.deep.include({ from: inside.id, visibility: 'public' })
  })

  it('knows what was taken back of it, and what still stands', () => {
    const t = tale()
    const inside = says('Try the door.', TEAM_PLACE)
    const [first, second] = [says('Try the door.'), says('Try the door.')]
    t.does('cy', { verb: 'discuss', touch: inside }, cn('02 09:20'))
    for (const touch of [first, second])
      t.does('cy', { verb: 'publish', touch, from: inside.id, was: 'internal' }, cn('02 09:21'))
    t.does('cy', { verb: 'retract', touchId: first.id, by: { ...by, authorId: 'cy' } }, cn('02 09:22'))
    const copies = sentOn(touchesOf(t.commits), inside.id)
    expect(copies.map((copy) => [copy.id, isLive(copy)])).to.deep.equal([
      [first.id, false],
      [second.id, true],
    ])
  })

  it('takes what an edit made a note of for a note, whatever it is edited into after', () => {
    const t = tale()
    const inside = says('Try the door.', TEAM_PLACE)
    const edit = {
      verb: 'edit',
      touchId: inside.id,
      by: { authorId: 'cy', visibility: 'internal', side: 'team' },
    } as const
    t.does('cy', { verb: 'discuss', touch: inside }, cn('02 09:20'))
    t.does('cy', { ...edit, text: 'a', asNote: true }, cn('02 09:21'))
    t.does('cy', { ...edit, text: 'b' }, cn('02 09:22'))
    expect(touchesOf(t.commits).get(inside.id)).to.deep.include({ visibility: 'note', text: 'b' })
  })

  it('knows nothing of touches that are not there', () => {
    const t = tale()
    t.does('bo', { verb: 'delete', touchId: 'elsewhere', by }, cn('02 09:22'))
    expect(touchesOf(t.commits).size).to.equal(1)
  })
})
