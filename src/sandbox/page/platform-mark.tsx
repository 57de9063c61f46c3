import type { ReactNode } from 'react'
import type { Platform } from '../platforms.js'

/** Signs of our own, no messenger's logo: a hash, people beside a letter, a wing. */
const PATHS: Record<Platform, string> = {
  slack: 'M9 4 7.500 20M16.500 4 15 20M4.500 9H20M4 15h15.500',
  teams:
    'M4 6h11v11H4V6Zm3 3.500h5M9.500 9.500V14M18 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 2.500h3V16a3 3 0 0 1-3 3',
  feishu: 'M4 7c4 1 7 3.500 9 7 1.500-4 4-6 7.500-6.500C18 14 14.500 19 9 19c-2 0-3.800-.6-5-1.500V7Z',
}

/** A small sign for a messenger, in the colour of the text around it. */
export function PlatformMark({ platform, size = 14 }: { platform: Platform; size?: number }): ReactNode {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[platform]} />
    </svg>
  )
}
