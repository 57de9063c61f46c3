import type { Platform } from '../ids.js'
import type { Desk } from './desk.js'

/** The desk as it works where only some messengers are on: nothing is to be shown in the channels of the others. */
export function onPlatforms(desk: Desk, platforms: readonly Platform[]): Desk {
  const teams = Object.entries(desk.teams).map(([id, team]) => {
    const channels = Object.entries(team.channels).filter(([platform]) => platforms.includes(platform))
    return [id, { ...team, channels: Object.fromEntries(channels) }] as const
  })
  return { ...desk, teams: Object.fromEntries(teams) }
}

/** The team channels that `onPlatforms` leaves out, as `team on platform`. */
export function channelsWithout(desk: Desk, platforms: readonly Platform[]): string[] {
  return Object.entries(desk.teams).flatMap(([id, { channels }]) =>
    Object.keys(channels)
      .filter((platform) => !platforms.includes(platform))
      .map((platform) => `${id} on ${platform}`),
  )
}
