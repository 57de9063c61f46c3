import { expect } from 'chai'
import { channelsWithout, onPlatforms } from '../../../src/models/desk/on-platforms.js'
import { DESK, withTeam } from '../../support/desk-fixture.js'

const desk = withTeam({ channels: { slack: 'C-IT', feishu: 'oc-it' } }, DESK)

describe('a desk where not every messenger is on', () => {
  it('shows nothing in the channels of the others', () => {
    expect(onPlatforms(desk, ['slack']).teams.it?.channels).to.deep.equal({ slack: 'C-IT' })
    expect(onPlatforms(desk, []).teams.it?.channels).to.deep.equal({})
  })

  it('is the same in everything else', () => {
    const { teams, ...rest } = onPlatforms(desk, ['slack', 'teams', 'feishu'])
    const { teams: all, ...same } = desk
    expect(rest).to.deep.equal(same)
    expect(teams).to.deep.equal(all)
  })

  it('names what it leaves out', () => {
    expect(channelsWithout(desk, ['slack'])).to.include('it on feishu')
    expect(channelsWithout(desk, ['slack', 'teams', 'feishu'])).to.deep.equal([])
  })
})
