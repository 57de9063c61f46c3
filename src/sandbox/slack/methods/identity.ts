import { SlackError } from '../slack-error.js'
import type { Method } from './method.js'

const authTest: Method = {
  tier: 'special',
  run(ws) {
    const { team, bot } = ws.state
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: bot.name.toLowerCase(),
      team_id: team.id,
      user_id: bot.userId,
      bot_id: bot.botId,
      is_enterprise_install: false,
    }
  },
}

const teamInfo: Method = {
  tier: 3,
  scopes: ['team:read'],
  run(ws) {
    const { id, name, domain } = ws.state.team
    const icon = {
      image_default: true,
      image_34: '',
      image_44: '',
      image_68: '',
      image_88: '',
      image_102: '',
      image_132: '',
    }
    return {
      team: {
        id,
        name,
        domain,
        url: `https://${domain}.slack.com/`,
        email_domain: '',
        icon,
        is_verified: false,
      },
    }
  },
}

const botsInfo: Method = {
  tier: 3,
  scopes: ['users:read'],
  run(ws, args) {
    const { bot } = ws.state
    if ((args.text('bot') ?? bot.botId) !== bot.botId) throw new SlackError('bot_not_found')
    const icons = { image_36: '', image_48: '', image_72: '' }
    return {
      bot: {
        id: bot.botId,
        deleted: false,
        name: bot.name,
        updated: Math.floor(ws.now().getTime() / 1000),
        app_id: bot.appId,
        user_id: bot.userId,
        icons,
      },
    }
  },
}

export const identityMethods: Record<string, Method> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'bots.info': botsInfo,
}
