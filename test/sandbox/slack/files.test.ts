import { expect } from 'chai'
import { ALL_SCOPES } from '../../../src/sandbox/slack/emulator.js'
import { refusal, startWorld, type World } from './support.js'

describe('files', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld({ rateLimits: false })
  })
  afterEach(() => world.close())

  const get = (url = '', token = 'xoxb-test') =>
    fetch(url, { headers: token ? { authorization: `Bearer ${token}` } : {} })
  const share = async (channel = 'C0IT', userId = 'U0TOM') => {
    const files = [{ name: '截图.PNG', base64: Buffer.from([1, 2, 3]).toString('base64') }]
    await world.slack.gestures.postMessage({ userId, channel, files })
    const file = world.slack.state.messages[channel]?.at(-1)?.files?.[0]
    return file?.mode === 'hosted' ? file : undefined
  }

  it('go up in three steps with the real client and are seen in the thread', async () => {
    const root = await world.web.chat.postMessage({ channel: 'C0IT', text: 'root' })
    const upload = {
      channel_id: 'C0IT',
      thread_ts: root.ts ?? '',
      file: Buffer.from('hello'),
      filename: 'log.txt',
      initial_comment: 'here',
    }
    const done = await world.web.filesUploadV2(upload)
    expect(done.ok).to.equal(true)
    const message = world.slack.state.messages.C0IT?.at(-1)
    expect(message).to.include({ subtype: 'file_share', text: 'here', thread_ts: root.ts, bot_id: 'B0BOT' })
    expect(message?.files?.[0]).to.include({
      name: 'log.txt',
      size: 5,
      mimetype: 'text/plain',
      user: 'U0BOT',
    })
    const fetched = await get((message?.files?.[0] as { url_private?: string } | undefined)?.url_private)
    expect(await fetched.text()).to.equal('hello')
  })

  it('are deleted by the app that uploaded them, and leave a tombstone', async () => {
    await world.web.filesUploadV2({ channel_id: 'C0IT', file: Buffer.from('hello'), filename: 'log.txt' })
    const shown = () => world.slack.state.messages.C0IT?.at(-1)?.files
    const id = shown()?.[0]?.id ?? ''
    expect((await world.web.files.delete({ file: id })).ok).to.equal(true)
    expect(shown()).to.deep.equal([{ id, mode: 'tombstone' }])
    expect(world.slack.fileBytes(id)).to.equal(undefined)
    expect(await refusal(world.web.files.delete({ file: id }))).to.equal('file_not_found')
    const theirs = await share()
    expect(await refusal(world.web.files.delete({ file: theirs?.id ?? '' }))).to.equal('cant_delete_file')
    world.slack.setScopes(ALL_SCOPES.filter((scope) => scope !== 'files:write'))
    expect(await refusal(world.web.files.delete({ file: theirs?.id ?? '' }))).to.equal('missing_scope')
  })

  it('of 10 MB go up whole', async () => {
    const file = Buffer.alloc(10 * 1024 * 1024, 7)
    await world.web.filesUploadV2({ channel_id: 'C0IT', file, filename: 'big.bin' })
    const shared = world.slack.state.messages.C0IT?.at(-1)?.files?.[0]
    expect(world.slack.fileBytes(shared?.id ?? '')?.equals(file)).to.equal(true)
  })

  it('cannot be completed before they are uploaded, nor shared where the bot is not', async () => {
    const { file_id: id = '', upload_url: url = '' } = await world.web.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 1,
    })
    expect(await refusal(world.web.files.completeUploadExternal({ files: [{ id }] }))).to.equal(
      'file_not_found',
    )
    await fetch(url, { method: 'POST', body: 'x' })
    const elsewhere = world.web.files.completeUploadExternal({ files: [{ id }], channel_id: 'C0GEN' })
    expect(await refusal(elsewhere)).to.equal('not_in_channel')
    expect((await world.web.files.completeUploadExternal({ files: [{ id }] })).files?.[0]?.id).to.equal(id)
    expect((await fetch(`${url}0`, { method: 'POST', body: 'x' })).status).to.equal(404)
  })

  it('of people arrive as file_share, without text too', async () => {
    await share()
    await world.slack.idle()
    const event = world.app.received[0]?.body.event as { [key: string]: unknown }
    expect(event).to.include({ type: 'message', subtype: 'file_share', text: '' })
    expect(event.files).to.have.length(1)
    expect(event).to.have.nested.property('files[0].name', '截图.PNG')
    expect(event).to.have.nested.property('files[0].mimetype', 'image/png')
  })

  it('are given to a token that may see them', async () => {
    const file = await share()
    const response = await get(file?.url_private_download)
    expect(response.headers.get('content-type')).to.equal('image/png')
    expect([...new Uint8Array(await response.arrayBuffer())]).to.deep.equal([1, 2, 3])
    expect((await world.web.files.info({ file: file?.id ?? '' })).file).to.include({ id: file?.id, size: 3 })
  })

  it('are a sign-in page, with 200, for everybody else', async () => {
    const file = await share()
    for (const token of ['', 'xoxb-other']) {
      const response = await get(file?.url_private, token)
      expect(response.status).to.equal(200)
      expect(response.headers.get('content-type')).to.match(/^text\/html/)
    }
    world.slack.setScopes(ALL_SCOPES.filter((scope) => scope !== 'files:read'))
    expect((await get(file?.url_private)).headers.get('content-type')).to.match(/^text\/html/)
  })

  it('of places without the bot are hidden from it', async () => {
    const file = await share('C0GEN')
    expect((await get(file?.url_private)).headers.get('content-type')).to.match(/^text\/html/)
    expect(await refusal(world.web.files.info({ file: file?.id ?? '' }))).to.equal('file_not_found')
  })

  it('of 10 MB pass through the gesture’s HTTP, and come back as a download', async () => {
    const content = Buffer.alloc(10 * 1024 * 1024, 7)
    const response = await fetch(`${world.url}/sandbox/slack/gestures/postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        userId: 'U0TOM',
        channel: 'C0IT',
        files: [{ name: 'a"b.bin', base64: content.toString('base64') }],
      }),
    })
    expect(await response.json()).to.include({ ok: true })
    const id = world.slack.state.messages.C0IT?.at(-1)?.files?.[0]?.id
    const fetched = await fetch(`${world.url}/sandbox/slack/files/${id}`)
    expect(fetched.headers.get('content-disposition')).to.equal("attachment; filename*=UTF-8''a%22b.bin")
    expect(Buffer.from(await fetched.arrayBuffer()).equals(content)).to.equal(true)
  })
})
