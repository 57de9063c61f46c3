import { cardProblems } from './card-schema.js'
import { MAX_CARD_BYTES, MAX_TEXT_BYTES } from './card-size.js'
import { FeishuError } from './feishu-error.js'
import { type Fields, isFields, own, parseFields, textIn } from './fields.js'
import { postProblems } from './post-content.js'
import type { Mention, MsgType } from './types.js'
import type { Workspace } from './workspace.js'

const SENDABLE: readonly string[] = [
  'text',
  'post',
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'share_user',
] satisfies MsgType[]
const KEY_OF: { readonly [type: string]: string } = {
  image: 'image_key',
  file: 'file_key',
  audio: 'file_key',
  media: 'file_key',
}
const AT = /<at user_id=["']?([^"'>]+)["']?>[^<]*<\/at>/g

export type Content = { msgType: MsgType; content: string; mentions: Mention[] }

/** A message body as the app sent it, as the platform keeps it. Throws 230001, 230025, 230099 or 230017. */
export function checkedContent(ws: Workspace, msgType: string, raw: string): Content {
  if (!isSendable(msgType)) throw new FeishuError(230001, { detail: 'invalid msg_type' })
  const maxBytes = msgType === 'text' ? MAX_TEXT_BYTES : MAX_CARD_BYTES
  if (Buffer.byteLength(raw) > maxBytes) throw new FeishuError(230025)
  const body = parseFields(raw)
  if (!body) throw new FeishuError(230001, { detail: 'content is not a string in json format' })
  switch (msgType) {
    case 'text':
      return textContent(ws, body)
    case 'post':
      return postContent(ws, body)
    case 'interactive':
      return { msgType, content: JSON.stringify(checkedCard(body)), mentions: [] }
    default:
      return { msgType, content: keyContent(ws, msgType, body, raw), mentions: [] }
  }
}

/** A card that the platform can build. Throws 230099 or 230025. */
export function checkedCard(card: unknown): Fields {
  if (Buffer.byteLength(JSON.stringify(card) ?? '') > MAX_CARD_BYTES) throw new FeishuError(230025)
  const problems = cardProblems(card)
  if (problems.length > 0 || !isFields(card)) {
    throw new FeishuError(230099, { detail: `ErrCode: 200621; ErrMsg: parse card json err, ${problems[0]}` })
  }
  return card
}

function isSendable(msgType: string): msgType is MsgType {
  return SENDABLE.includes(msgType)
}

function textContent(ws: Workspace, body: Fields): Content {
  const text = textIn(body, 'text')
  if (text === undefined || text === '') throw new FeishuError(230001, { detail: 'text is empty' })
  const mentions = mentionList(ws)
  const kept = text.replace(AT, (whole, id: string) => mentions.keyOf(id) ?? whole)
  return { msgType: 'text', content: JSON.stringify({ ...body, text: kept }), mentions: mentions.list }
}

function postContent(ws: Workspace, body: Fields): Content {
  const problem = postProblems(body)[0]
  if (problem !== undefined) throw new FeishuError(230001, { detail: problem })
  const mentions = mentionList(ws)
  const content = JSON.stringify(body, (name, value: unknown) =>
    name === 'user_id' && typeof value === 'string' ? (mentions.keyOf(value) ?? value) : value,
  )
  return { msgType: 'post', content, mentions: mentions.list }
}

/** The people named in a body, with the keys by which it names them. */
function mentionList(ws: Workspace): { list: Mention[]; keyOf(openId: string): string | undefined } {
  const list: Mention[] = []
  return {
    list,
    keyOf(openId) {
      if (openId === 'all') return '@_all'
      const user = own(ws.state.users, openId)
      if (!user) return undefined
      const found = list.find((each) => each.openId === openId)
      if (found) return found.key
      const key = `@_user_${list.length + 1}`
      list.push({ key, openId, name: user.name })
      return key
    },
  }
}

function keyContent(ws: Workspace, msgType: MsgType, body: Fields, raw: string): string {
  const name = KEY_OF[msgType]
  if (name === undefined) return raw
  const key = textIn(body, name)
  if (key === undefined) throw new FeishuError(230001, { detail: `${name} is required` })
  const isImage = own(ws.state.files, key)?.kind === 'image'
  if (!ws.state.uploads.includes(key) || isImage !== (msgType === 'image')) throw new FeishuError(230017)
  return raw
}
