import type { PlaceView } from '../messenger.js'
import { PLATFORMS } from '../platforms.js'
import type { SlackState } from '../slack/types.js'
import type { Place, Scene } from './post.js'
import { feishuPlace } from './scene-feishu.js'
import { slackPlaces } from './scene-slack.js'
import { teamsPlace } from './scene-teams.js'

export type { LiveAction, Place, Post, Scene } from './post.js'

export type MessengerStates = { slack?: SlackState; feishu?: PlaceView[]; teams?: PlaceView[] }

/** Reads the messengers' own books, which know nothing of the program's. */
export function sceneOf(states: MessengerStates): Scene {
  const slack = states.slack ? slackPlaces(states.slack) : []
  const others = {
    slack: [],
    feishu: states.feishu?.map(feishuPlace) ?? [],
    teams: states.teams?.map(teamsPlace) ?? [],
  }
  return [...slack, ...PLATFORMS.flatMap((platform) => others[platform])]
}

/** What the bot and one person say to each other on one messenger. */
export function dmOf(scene: Scene, userId: string): Place | undefined {
  return scene.find((place) => place.kind === 'direct' && place.owner === userId)
}

export function placeOf(scene: Scene, id: string): Place | undefined {
  return scene.find((place) => place.id === id)
}
