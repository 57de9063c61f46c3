import { createRoot } from 'react-dom/client'
import { keepPageOnDrop } from './attach.js'
import { goLive } from './live.js'
import { Page } from './page.js'
import { change } from './store.js'
import { langOf } from './texts.js'

const lang = langOf(localStorage.getItem('paidan.lang') ?? navigator.language)
document.documentElement.lang = lang
change({ lang, storySinceMs: Number(localStorage.getItem('paidan.story.ms') ?? 0) })
const root = document.getElementById('root')
if (root) createRoot(root).render(<Page />)
keepPageOnDrop()
void goLive()
