import type { ReactNode } from 'react'

type Props = { name: string; colour?: string; bot?: boolean; round?: boolean; size?: number }

/** A person's mark: the last character of a Chinese name, the first of another; the bot has its own sign. */
export function Avatar({
  name,
  colour = '#475569',
  bot = false,
  round = false,
  size = 32,
}: Props): ReactNode {
  // What stands in brackets behind a name is not the name.
  const bare = name.replace(/\s*[（(].*$/, '')
  const chinese = /\p{Script=Han}/u.test(bare)
  const letter = bot ? '派' : chinese ? (bare.at(-1) ?? '') : (bare[0] ?? '').toUpperCase()
  return (
    <svg className="avatar" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx={round ? 16 : 8} fill={bot ? 'var(--brand)' : colour} />
      <text x="16" y="21.500" textAnchor="middle" fontSize="15" fontWeight="600" fill="#fff">
        {letter}
      </text>
    </svg>
  )
}
