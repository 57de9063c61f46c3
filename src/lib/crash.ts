/** Named moments at which a test may have the process kill itself, as a power cut would. */
export const CHECKPOINTS = [
  'before_inbox',
  'after_inbox',
  'after_ack',
  'after_commit',
  'mid_projection',
  'before_ticket_write',
  'after_post',
  'after_card_post',
] as const
export type Checkpoint = (typeof CHECKPOINTS)[number]

let armed: Checkpoint | undefined
let skip = 0

/** Arms one checkpoint; it fires when passed for the `nth` time. The composition root calls this, never in production. */
export function armCrash(checkpoint: Checkpoint | undefined, nth = 1): void {
  armed = checkpoint
  skip = nth - 1
}

/** Kills the process here, if this checkpoint is armed. */
export function checkpoint(name: Checkpoint): void {
  if (name !== armed) return
  if (skip-- > 0) return
  process.kill(process.pid, 'SIGKILL')
}
