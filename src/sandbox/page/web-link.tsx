import type { ReactNode } from 'react'

/** Only the web and mail may be linked to. */
export function WebLink({ url, children }: { url: string; children: ReactNode }): ReactNode {
  if (!/^(https?:|mailto:)/i.test(url)) return children
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}
