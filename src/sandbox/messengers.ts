import type { Logger } from '../lib/logger.js'
import type { FeishuEmulator } from './feishu/emulator.js'
import type { FeishuSnapshot } from './feishu/types.js'
import { feishuMessenger } from './feishu-messenger.js'
import { readSnapshot, type Snapshots } from './kept-state.js'
import type { Messenger, MessengerSetup } from './messenger.js'
import type { Platform } from './platforms.js'
import type { SlackEmulator } from './slack/emulator.js'
import type { SlackSnapshot } from './slack/types.js'
import { slackMessenger } from './slack-messenger.js'
import type { TeamsEmulator } from './teams/emulator.js'
import type { TeamsSnapshot } from './teams/types.js'
import { teamsMessenger } from './teams-messenger.js'

export type MessengersSetup = MessengerSetup & { dataDir: string; log: Logger; slack?: SlackSnapshot }
export type Messengers = {
  slack: SlackEmulator
  /** in the order in which they are offered */
  messengers: Messenger[]
  /** what is kept of those that are not Slack */
  others: Snapshots[]
}

/** The messengers of the sandbox, each with what an earlier run has left of it. */
export async function createMessengers(
  platforms: readonly Platform[],
  setup: MessengersSetup,
): Promise<Messengers> {
  const { dataDir, log } = setup
  const slack = await slackMessenger(setup, setup.slack)
  const messengers = [slack.messenger]
  const others: Snapshots[] = []
  if (platforms.includes('teams')) {
    const kept = readSnapshot(dataDir, 'teams', log) as TeamsSnapshot | undefined
    const { messenger, emulator } = await teamsMessenger(setup, kept)
    messengers.push(messenger)
    others.push(snapshotsOf('teams', emulator))
  }
  if (platforms.includes('feishu')) {
    const kept = readSnapshot(dataDir, 'feishu', log) as FeishuSnapshot | undefined
    const { messenger, emulator } = await feishuMessenger(setup, kept)
    messengers.push(messenger)
    others.push(snapshotsOf('feishu', emulator))
  }
  return { slack: slack.emulator, messengers, others }
}

function snapshotsOf(platform: Platform, emulator: TeamsEmulator | FeishuEmulator): Snapshots {
  return {
    platform,
    snapshot: () => emulator.snapshot({ files: false }),
    files: { ids: () => Object.keys(emulator.state.files), bytes: (id) => emulator.fileBytes(id) },
  }
}
