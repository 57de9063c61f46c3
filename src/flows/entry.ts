/** What intake may call: everything else in this folder is reached through these. */
export type { DeletedMessage, EditedMessage, Taken, WrittenMessage } from './arrival.js'
export { CLICKS } from './clicks.js'
export { followDeletion, followEdit } from './follow-edit.js'
export { followPerson } from './follow-person.js'
export { knowCard } from './know-card.js'
export type { Services } from './services.js'
export { showHome } from './show-home.js'
export { takeMessage } from './take-message.js'
