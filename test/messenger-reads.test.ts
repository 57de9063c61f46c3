import { expect } from 'chai'
import type { Messenger, Outcome, Profile } from '../src/delivery/messenger.js'
import { askMessengers } from '../src/messenger-reads.js'

const MEI: Profile = { name: 'Mei', email: 'mei@acme.example', locale: 'zh-CN', isBot: false, isGuest: false }

describe('what the core asks of messengers', () => {
  const asked = (answer: Outcome<Profile>) => {
    const slack: Pick<Messenger, 'profile'> = { profile: async () => answer }
    return askMessengers({ slack: slack as Messenger }).lookUp('slack', 'U0MEI')
  }

  it('is a profile with its verified address', async () => {
    expect(await asked({ kind: 'sent', value: MEI })).to.deep.equal({
      name: 'Mei',
      email: 'mei@acme.example',
      locale: 'zh-CN',
      isBot: false,
    })
  })

  it('is no guest’s address: another organisation has verified it, or nobody', async () => {
    expect(await asked({ kind: 'sent', value: { ...MEI, isGuest: true } })).to.not.have.property('email')
  })

  it('is gone when the messenger says so, and unknown when it does not answer', async () => {
    expect(await asked({ kind: 'gone', reason: 'user_not_found' })).to.equal('gone')
    expect(await asked({ kind: 'transient', reason: 'down' })).to.equal(undefined)
  })
})
