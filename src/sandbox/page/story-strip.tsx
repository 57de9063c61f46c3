import type { ReactNode } from 'react'
export function StoryStrip(): ReactNode {
  return null
}
