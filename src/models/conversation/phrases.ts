/**
 * What people write when they thank, acknowledge or greet, already folded (lower case, half width). Our own choice: a
 * phrase stands here only when it says nothing that a ticket could need.
 */

/** Enough on its own. */
export const THANKS: readonly string[] = listed(
  '谢谢, 谢谢你, 谢谢您, 谢谢大家, 谢谢各位, 谢谢老师, 谢谢啦, 谢谢了, 谢了, 谢啦, 谢过, 多谢',
  '多谢了, 多谢啦, 多谢你, 多谢您, 感谢, 感谢你, 感谢您, 感谢大家, 非常感谢, 十分感谢, 万分感谢',
  '太感谢了, 非常谢谢, 太谢谢了, 谢谢帮忙, 谢谢你的帮助, 谢谢您的帮助, 谢谢支持, 感谢支持',
  '感谢帮忙, 感谢帮助, 辛苦, 辛苦了, 辛苦啦, 您辛苦了, 你辛苦了, 大家辛苦了, 麻烦了, 麻烦你了',
  '麻烦您了, 3q, 收到, 收到了, 已收到, 收到收到, 好, 好的, 好滴, 好哒, 好嘞, 好呢, 好吧',
  '好的好的, 好好好, 行, 行的, 行吧, 嗯, 嗯嗯, 嗯呢, 哦, 哦哦, 噢, 噢噢, 知道了, 我知道了, 明白',
  '明白了, 了解, 了解了, 懂了, 没问题, 赞, 棒, 太棒了, 厉害, 不客气, 再见, 拜拜, 好的没问题',
  'thanks, thank you, thank u, thankyou, thx, thks, tks, tnx, ty, tysm, tyvm, cheers, ta',
  'much appreciated, appreciated, appreciate it, i appreciate it, many thanks, thanks a lot',
  'merci, thanks so much, thanks very much, thank you so much, thank you very much',
  'thanks again, thanks a million, thank you again, thanks a bunch, ok, okay, okey, okie, oki',
  'okk, k, kk, got it, i see, understood, noted, roger, roger that, copy that, sure, sure thing',
  'great, perfect, awesome, cool, nice, excellent, wonderful, lovely, brilliant, good, fine',
  'alright, all right, sounds good, no problem, np, no worries, will do, you are the best',
  "you're the best, well done, good job, bye",
)

/** Says nothing more beside a phrase of thanks; alone it is news. */
export const BESIDE_THANKS: readonly string[] = listed(
  '好了, 可以了, 可以, 解决了, 已解决, 已经解决了, 问题解决了, 搞定了, 搞定, 没事了, 帮忙, 老师',
  '亲, 大家, 各位, 哥, 姐, 的, 了, 已经好了, 已经可以了, 非常, 真的, 太好了, 先这样, 那, 先',
  'it works, it works now, works, works now, working now, fixed, solved, all good, all good now',
  'that worked, that helped, it worked, a lot, so much, very much, for your help, for the help',
  'for helping, for the quick help, for your time, for the quick response, for the quick reply',
  'for now, for your support, in advance, again, everyone, everybody, all, team, guys, mate',
  'man, sir, madam, buddy, friend, very, really, then, and, oh, ah, yes, yeah, yep, yup, to you',
  'to all, you too',
)

export const GREETINGS: readonly string[] = listed(
  '在吗, 在么, 在嘛, 在不, 在不在, 在, 在没, 在线吗, 你在吗, 您在吗, 你好, 您好, 你好吗, 你们好',
  '大家好, 各位好, 老师好, 哈喽, 哈啰, 哈罗, 哈咯, 嗨, 嘿, 喂, 嗨喽, 早, 早安, 早上好, 上午好',
  '中午好, 下午好, 晚上好, 晚安, 有人吗, 有人么, 有人嘛, 有人在吗, 有人在么, 有人没, 有没有人',
  '请问, 请问在吗, 请问有人吗, 请问有人在吗, 打扰了, 打扰一下, 客服, 客服在吗, 机器人, 小助手',
  '亲, 那个, hi, hii, hiii, hello, helo, hey, heya, hiya, hallo, howdy, yo, sup, hi there',
  'hello there, hey there, hi all, hi team, hello team, hey team, hi everyone, hello everyone',
  'hi bot, hello bot, hey bot, good morning, good afternoon, good evening, good day, morning',
  'afternoon, evening, greetings, anyone there, anybody there, is anyone there',
  'is anybody there, anyone here, anybody here, are you there, you there, is there anyone',
  'anyone around, anyone home, is anyone around, is anyone here, knock knock, ping, test',
  'testing, 测试, there, team, guys, everyone, all, sir, madam, excuse me, how are you',
)

/** Of the greetings, those that only greet in company. */
export const ONLY_BESIDE_GREETING: ReadonlySet<string> = new Set(
  listed('there, team, guys, everyone, all, sir, madam, 那个, 亲'),
)

/** Emoji that thank or agree when they stand alone, and their names where a messenger writes them out. */
export const THANKFUL_EMOJI: ReadonlySet<string> = new Set(
  listed(
    '👍, 👌, 🙏, 🙌, 👏, 🤝, 💪, ❤, 🧡, 💛, 💚, 💙, 💜, 🫶, 😊, 🙂, 😀, 😃, 😄, 😁, 😍, 🥰, 😘',
    '🤗, 🎉, 🌹, 💐, ✅, ✔, ☑, 🆗, 💯, 🫡, 😎, 🤩, ⭐, 🌟, +1, thumbsup, thumbs_up, ok_hand, pray',
    'raised_hands, clap, handshake, muscle, heart, blush, slightly_smiling_face, smile, smiley',
    'grinning, grin, tada, rose, bouquet, white_check_mark, 100, heavy_check_mark, ok, heart_eyes',
    'hugging_face, saluting_face, sunglasses, star, 赞, 谢谢, 抱拳, 强, 握手, 玫瑰, 爱心, 微笑',
    '鼓掌, 好的, 收到, thanks, ok手势, 合十',
  ),
)
export const GREETING_EMOJI: ReadonlySet<string> = new Set(['👋', 'wave', 'waving_hand', '招手', '你好'])

function listed(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(', '))
}
