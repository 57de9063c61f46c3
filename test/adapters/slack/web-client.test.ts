import { expect } from 'chai'
import { clientOptions } from '../../../src/adapters/slack/web-client.js'
import { keptLog } from '../../support/kept-log.js'

describe('clientOptions', () => {
  const settings = { botToken: 'xoxb-x', logger: keptLog() }

  it('are made anew each time: the SDK changes what it is given', () => {
    const [first, second] = [clientOptions(settings), clientOptions(settings)]
    expect(first).to.not.equal(second)
    expect(first.retryConfig).to.not.equal(second.retryConfig)
  })

  it('name no headers, repeat nothing, wait for nobody for ever', () => {
    const options = clientOptions(settings)
    expect(options).to.not.have.property('headers')
    expect(options.retryConfig).to.deep.equal({ retries: 0 })
    expect(options.timeout).to.equal(8000)
    expect(options.rejectRateLimitedCalls).to.equal(true)
  })

  it('let nothing into the log but warnings, and of those only what the SDK says itself', () => {
    const { logger } = clientOptions(settings)
    logger?.debug('http request body: {"text":"my VPN is down"}')
    logger?.info('my VPN is down')
    logger?.warn('careful', { text: 'my VPN is down' })
    expect(JSON.stringify(settings.logger.lines)).to.contain('careful').and.not.contain('VPN')
  })
})
