import type { Inline } from '../../cards/text.js'
import type { Messenger } from '../../delivery/messenger.js'
import type { Answers } from './answers.js'
import { placeUrl } from './render/links.js'

/** Where the clients of the international site open their links; undefined for Feishu, whose links need no change. */
export function larkLinks(domain: string): string | undefined {
  const { hostname } = new URL(domain)
  return /(^|\.)larksuite\.com$/.test(hostname) ? 'https://applink.larksuite.com' : undefined
}

/** The same messenger, whose links to conversations open where `origin` says. */
export function openingAt(messenger: Messenger, origin: string): Messenger {
  return {
    ...messenger,
    postCard: (to, card, key) => messenger.postCard(to, linked(card, origin), key),
    updateCard: (ref, card) => messenger.updateCard(ref, linked(card, origin)),
    postWords: (to, words, key) => messenger.postWords(to, linked(words, origin), key),
    editWords: (ref, words) => messenger.editWords(ref, linked(words, origin)),
    whisper: (to, userId, words) => messenger.whisper(to, userId, linked(words, origin)),
  }
}

/** The same answers. */
export function answeringAt(answers: Answers, origin: string): Answers {
  return {
    deliver: (answer, where) => answers.deliver(linked(answer, origin), where),
    deliverLate: (answer, where) => answers.deliverLate(linked(answer, origin), where),
  }
}

/** Every place in what is to be shown, as the link that it is on that site. */
function linked<T>(shown: T, origin: string): T {
  return walked(shown, origin) as T
}

function walked(value: unknown, origin: string): unknown {
  if (Array.isArray(value)) return value.map((one) => walked(one, origin))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  if (isPlace(value)) {
    const url = placeUrl(value, origin)
    return url === undefined ? value.text : { kind: 'link', text: value.text, url }
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walked(one, origin)]))
}

function isPlace(value: object): value is Extract<Inline, { kind: 'place' }> {
  return 'kind' in value && value.kind === 'place' && 'address' in value
}
