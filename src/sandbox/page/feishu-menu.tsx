import type { ReactNode } from 'react'
import { acts } from './acts.js'
import { useOwner } from './reader.js'
import { say } from './texts.js'

/** By the keys that the program's manifest gives the bot's menu. */
const ENTRIES = [
  { key: 'new_ticket', text: 'feishu.new_ticket' },
  { key: 'my_tickets', text: 'feishu.my_tickets' },
] as const

/** The menu of the bot, over the place where one writes to it. */
export function FeishuMenu(): ReactNode {
  const { userId, lang } = useOwner()
  return (
    <div className="fs-menu">
      {ENTRIES.map(({ key, text }) => (
        <button key={key} type="button" className="btn" onClick={() => void acts.menu(userId, key)}>
          {say(lang, text)}
        </button>
      ))}
    </div>
  )
}
