import type { Readable } from 'node:stream'
import { expect } from 'chai'
import { IT, type Json, MEI, refusal, sendText, startWorld, tokenOf, type World } from './support.js'

describe('files', () => {
  let world: World
  beforeEach(async () => {
    world = await startWorld()
  })
  afterEach(() => world.close())
  const say = (given: object) => world.gesture('postMessage', { userId: MEI, conversation: IT, ...given })
  const base64 = Buffer.from('the bytes').toString('base64')
  const keyOf = async (index = 0): Promise<string> => {
    await world.feishu.idle()
    const content = JSON.parse(world.app.events('im.message.receive_v1')[index].message.content)
    return content.file_key ?? content.image_key ?? content.content[1][0].image_key
  }
  const fetched = async (messageId: string, key: string, type: string): Promise<string> => {
    const answer = await world.sdk.im.v1.messageResource.get({
      path: { message_id: messageId, file_key: key },
      params: { type },
    })
    const chunks: Buffer[] = []
    for await (const chunk of answer.getReadableStream() as Readable) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString()
  }
  const code = async (messageId: string, key: string, type: string): Promise<number> =>
    (await world.call('GET', `/im/v1/messages/${messageId}/resources/${key}?type=${type}`)).body.code

  it('of a person are fetched by message and key', async () => {
    const { messageId } = await say({ files: [{ name: 'log.txt', mimetype: 'text/plain', base64 }] })
    expect(await fetched(messageId, await keyOf(), 'file')).to.equal('the bytes')
  })

  it('in a rich text are fetched as pictures', async () => {
    const { messageId } = await say({
      text: 'see',
      files: [{ name: 'a.png', mimetype: 'image/png', base64 }],
    })
    expect(await fetched(messageId, await keyOf(), 'image')).to.equal('the bytes')
  })

  it('are not fetched by another type, of another message, or where the bot is not', async () => {
    const { messageId } = await say({ files: [{ name: 'log.txt', mimetype: 'text/plain', base64 }] })
    const key = await keyOf()
    const other = await say({ text: 'no file' })
    expect(await code(messageId, key, 'image')).to.equal(234003)
    expect(await code(messageId, key, 'song')).to.equal(234001)
    expect(await code(other.messageId, key, 'file')).to.equal(234003)
    await world.gesture('removeBot', { userId: MEI, conversation: IT })
    expect(await code(messageId, key, 'file')).to.equal(234004)
  })

  it('of stickers, withdrawn messages and forwarded bundles are not fetched', async () => {
    const sent = await say({ files: [{ name: 'log.txt', mimetype: 'text/plain', base64 }] })
    const key = await keyOf()
    const place = { userId: MEI, conversation: IT }
    const bundle = await world.gesture('forwardMerged', { ...place, messageIds: [sent.messageId] })
    expect(await code(bundle.messageId, key, 'file')).to.equal(234003)
    const { body } = await world.call('GET', `/im/v1/messages/${bundle.messageId}`)
    const child = body.data.items[1]
    expect(child).to.include({ upper_message_id: bundle.messageId, msg_type: 'file' })
    expect(await code(child.message_id, key, 'file')).to.equal(230001)
    const sticker = await world.gesture('sendSticker', place)
    expect(await code(sticker.messageId, await keyOf(2), 'file')).to.equal(234003)
    await world.gesture('deleteMessage', { ...place, messageId: sent.messageId })
    expect(await code(sent.messageId, key, 'file')).to.equal(234003)
  })

  it('are uploaded and then sent by their key', async () => {
    const file = await world.sdk.im.v1.file.create({
      data: {
        file_type: 'stream',
        file_name: '报告.txt',
        file: Buffer.from([0xff, 0x0d, 0x0a, 0x2d, 0x2d, 0x80]),
      },
    })
    const image = await world.sdk.im.v1.image.create({
      data: { image_type: 'message', image: Buffer.from('a picture') },
    })
    const send = (msg_type: string, content: object) =>
      world.sdk.im.v1.message.create({
        params: { receive_id_type: 'chat_id' },
        data: { receive_id: IT, msg_type, content: JSON.stringify(content) },
      })
    await send('file', { file_key: file?.file_key })
    await send('image', { image_key: image?.image_key })
    const shown = world.feishu.view(MEI).conversations.find(({ id }) => id === IT)?.messages
    expect(
      shown?.map(({ files }) => files?.map(({ name, kind, size }) => [name, kind, size])[0]?.slice(-2)),
    ).to.deep.equal([
      ['file', 6],
      ['image', 9],
    ])
    expect(shown?.[0]?.files?.[0]?.name).to.equal('报告.txt')
    expect(world.feishu.fileBytes(file?.file_key ?? '')).to.deep.equal(
      Buffer.from([0xff, 0x0d, 0x0a, 0x2d, 0x2d, 0x80]),
    )
    expect(await refusal(send('image', { image_key: file?.file_key }))).to.equal(230017)
  })

  it('of others are not the bot’s to send, nor to fetch as its own', async () => {
    await say({ files: [{ name: 'log.txt', mimetype: 'text/plain', base64 }] })
    const key = await keyOf()
    const data = { receive_id: IT, msg_type: 'file', content: JSON.stringify({ file_key: key }) }
    const call = world.sdk.im.v1.message.create({ params: { receive_id_type: 'chat_id' }, data })
    expect(await refusal(call)).to.equal(230017)
    expect((await world.call('GET', `/im/v1/files/${key}`)).body.code).to.equal(234008)
  })

  it('are not uploaded when empty, of an unknown type, or too large', async () => {
    const upload = async (fields: { [name: string]: string }, bytes: number): Promise<Json> => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      form.set('file', new Blob([Buffer.alloc(bytes)]), 'a.bin')
      const headers = { authorization: `Bearer ${await tokenOf(world.url)}` }
      const init = { method: 'POST', headers, body: form }
      return (await (await fetch(`${world.url}/feishu/open-apis/im/v1/files`, init)).json()) as Json
    }
    const named = { file_type: 'stream', file_name: 'a.bin' }
    expect((await upload(named, 0)).code).to.equal(234010)
    expect((await upload({ ...named, file_type: 'zip' }, 1)).code).to.equal(234001)
    expect((await upload({ file_type: 'stream' }, 1)).code).to.equal(234001)
    expect((await upload(named, 30 * 1024 * 1024 + 1)).code).to.equal(234006)
    expect((await upload(named, 1)).code).to.equal(0)
  })

  it('are shown to a page as a download, whatever they say they are', async () => {
    await say({ files: [{ name: 'a.html', mimetype: 'text/html', base64 }] })
    const response = await fetch(`${world.url}/sandbox/feishu/files/${await keyOf()}`)
    expect(response.headers.get('content-type')).to.equal('application/octet-stream')
    expect(response.headers.get('content-disposition')).to.contain('attachment')
    expect(await response.text()).to.equal('the bytes')
  })

  it('survive in a snapshot with the messages that hold them', async () => {
    const { messageId } = await say({ files: [{ name: 'log.txt', mimetype: 'text/plain', base64 }] })
    const key = await keyOf()
    await sendText(world.sdk, 'by the bot', MEI)
    const snapshot = JSON.parse(JSON.stringify(world.feishu.snapshot()))
    const again = await startWorld({ snapshot })
    try {
      expect(again.feishu.view(MEI)).to.deep.equal(world.feishu.view(MEI))
      expect((await again.call('GET', `/im/v1/messages/${messageId}`)).body.code).to.equal(0)
      expect(again.feishu.fileBytes(key)?.toString()).to.equal('the bytes')
    } finally {
      await again.close()
    }
  })
})
