import type { ReactNode } from 'react'
import { acts } from './acts.js'
import { Icon } from './icons.js'
import type { OfferedFile } from './pane.js'
import { useOwner } from './reader.js'
import { usePage } from './store.js'
import { say } from './texts.js'

type Props = { offer: OfferedFile; conversation: string; messageId: string }

/** A file that the app offers in a personal chat: it is there only once the person has allowed it. */
export function TeamsOffer({ offer, conversation, messageId }: Props): ReactNode {
  const owner = useOwner()
  const { lang } = owner
  const spot = `${conversation}:${messageId} consent`
  const busy = usePage((state) => state.waiting[`${owner.userId} ${spot}`] === 'busy')
  const answer = (accept: boolean) => (): void => {
    void acts.answerFile(owner.userId, spot, { conversation, messageId, accept })
  }
  return (
    <section className="card tm-card tm-offer" aria-busy={busy}>
      <p>
        <Icon name="file" size={16} /> <b>{offer.name}</b>
      </p>
      {offer.description !== undefined && <p>{offer.description}</p>}
      {!offer.isAnswered && (
        <p className="tm-offer-answers">
          <button type="button" className="btn btn-primary" disabled={busy} onClick={answer(true)}>
            {say(lang, 'client.allow')}
          </button>
          <button type="button" className="btn" disabled={busy} onClick={answer(false)}>
            {say(lang, 'client.decline')}
          </button>
        </p>
      )}
    </section>
  )
}
