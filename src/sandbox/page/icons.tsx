import type { ReactNode } from 'react'

const PATHS = {
  send: 'M3 11.5 20 4l-4.5 16-4-6.5L3 11.5Zm8.500 2L20 4',
  clip: 'M8 12.500 14.500 6a3 3 0 0 1 4.300 4.300l-8.300 8.300a5 5 0 0 1-7.100-7.100L11.500 3.500',
  file: 'M6 3h8l4 4v14H6V3Zm8 0v4h4',
  picture: 'M4 5h16v14H4V5Zm0 11 5-5 4 4 3-3 4 4M9 9.500h.01',
  eye: 'M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12Zm10 2.700a2.700 2.700 0 1 0 0-5.400 2.700 2.700 0 0 0 0 5.400Z',
  down: 'm6 9.500 6 6 6-6',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  warn: 'M12 4 2.500 20h19L12 4Zm0 6v4.500m0 2.500v.1',
  edit: 'M4 20h4L19 9l-4-4L4 16v4Z',
  trash: 'M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13',
  thread: 'M4 5h16v11H10l-4 4v-4H4V5Z',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.500 4.500 4.500L19 7',
  play: 'M8 5v14l11-7L8 5Z',
  stop: 'M7 7h10v10H7z',
  again: 'M4 12a8 8 0 1 0 2.500-5.800M4 4v4.500h4.500',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.500 2',
  plug: 'M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0V8Zm6 9v4',
  twice: 'M4 8h11v11H4V8Zm5-4h11v11',
  home: 'M4 11 12 4l8 7v9h-5.500v-6h-5v6H4v-9Z',
  cloud: 'M7 18a4.500 4.500 0 0 1-.4-9A6 6 0 0 1 18 9.500a4.300 4.300 0 0 1 .5 8.500H7Zm2-9 6 9',
} as const
export type IconName = keyof typeof PATHS

/** A line drawing in the colour of the text around it; says nothing to a screen reader. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      className={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3.5 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
