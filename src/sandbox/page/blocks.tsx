import { createContext, type ReactNode, useContext } from 'react'
import { type Block, Message } from 'slack-blocks-to-jsx'
import type { Fields } from '../slack/types.js'
import type { Place } from './acts.js'
import { object, objects, string } from './block-fields.js'
import { LiveElement } from './element.js'
import { decode } from './mrkdwn.js'
import { MrkdwnText, PlainText } from './mrkdwn-text.js'

type Words = { type: string; text: string }[]
const HeldWords = createContext<Words>([])

/**
 * The blocks of a message or modal. Their form is slack-blocks-to-jsx's work; what can be clicked is ours, because its
 * buttons and menus have no way out; and so are the words, because it reads `&lt;!channel&gt;` as a broadcast and knows
 * neither the reader's zone nor their language.
 */
export function Blocks({ blocks, place }: { blocks: readonly Fields[]; place: Place }): ReactNode {
  return blocks.map((block, i) => (
    <OneBlock key={string(block.block_id) ?? `${i}`} block={block} place={place} />
  ))
}

function OneBlock({ block, place }: { block: Fields; place: Place }): ReactNode {
  const blockId = string(block.block_id) ?? ''
  const accessory = object(block.accessory)
  if (block.type === 'actions' || block.type === 'context_actions') {
    return (
      <div className="actions">
        {objects(block.elements).map((element) => (
          <LiveElement
            key={string(element.action_id) ?? ''}
            element={element}
            blockId={blockId}
            place={place}
          />
        ))}
      </div>
    )
  }
  if (block.type === 'section' && accessory && string(accessory.action_id) !== undefined) {
    const { accessory: _, ...rest } = block
    return (
      <div className="with-accessory">
        <Still block={rest} />
        <LiveElement element={accessory} blockId={blockId} place={place} />
      </div>
    )
  }
  return <Still block={block} />
}

/** A block in which nothing can be clicked. */
function Still({ block }: { block: Fields }): ReactNode {
  const words: Words = []
  const shape = withoutWords(block, words)
  return (
    <HeldWords value={words}>
      <Message
        blocks={[shape as unknown as Block]}
        withoutWrapper
        logo=""
        name=""
        hooks={{ user: ({ id }) => <Held id={id} /> }}
      />
    </HeldWords>
  )
}

/** The block with each of its texts replaced by a reference, by which `Held` finds it again. */
function withoutWords(value: unknown, words: Words): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutWords(each, words))
  const fields = object(value)
  if (!fields) return value
  const text = string(fields.text)
  if ((fields.type === 'mrkdwn' || fields.type === 'plain_text') && text !== undefined) {
    words.push({ type: fields.type, text })
    return { type: 'mrkdwn', text: `<@HELD${words.length - 1}>` }
  }
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, withoutWords(each, words)]))
}

function Held({ id }: { id: string }): ReactNode {
  const words = useContext(HeldWords)
  const held = id.startsWith('HELD') ? words[Number(id.slice(4))] : undefined
  if (!held) return <MrkdwnText text={`<@${id}>`} />
  return held.type === 'mrkdwn' ? <MrkdwnText text={held.text} /> : <PlainText text={decode(held.text)} />
}
