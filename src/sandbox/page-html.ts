import type { PageBundle } from './page-bundle.js'

/** Only what the sandbox itself serves may run, load or be called. */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-cache',
} as const

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#3b2a6b"/><path d="M9 10h14M9 16h9M9 22h5" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>',
)}`

/** The document that loads the bundle. */
export function pageHtml(bundle: PageBundle): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>派单 Paidan</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/sandbox/assets/${bundle.style.name}">
<script type="module" src="/sandbox/assets/${bundle.script.name}"></script>
</head>
<body><div id="root"></div><noscript>The sandbox needs JavaScript. 沙盒需要 JavaScript。</noscript></body>
</html>
`
}
